import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { OnResolveArgs, Plugin } from 'esbuild';
import type { GrafanaPackages, GrafanaVersion } from './grafanaPackages';

/** Tells our own question from the one that it answers. */
const OURS = Symbol('resolved by a plugin of the host');

/** One React and one of each Grafana package in a bundle, whoever imports them: two of them do not work together. */
const ONE_COPY = /^(react|react-dom|@grafana\/(data|runtime|ui|schema|i18n|e2e-selectors))(\/.*)?$/;
const ROUTERS = /^(react-router-dom|react-router-dom-v5-compat)$/;
const GRAFANA_MODULE = /node_modules[/\\]@grafana[/\\][^/\\]+[/\\]dist[/\\]esm[/\\].*\.mjs$/;
const SCENES = /node_modules[/\\]@grafana[/\\]scenes[/\\]/;
const EDITORS = /^(monaco-editor|@monaco-editor\/react)/;

/** What the page needs of `@grafana/runtime` and what its `exports` do not give: Grafana itself reaches it from inside. */
function internals(version: GrafanaVersion, runtime: string): string {
  const part = (name: string, file: string): string =>
    `export { ${name} } from ${JSON.stringify(join(runtime, 'dist/esm', file))};`;
  return [
    part('setPluginPage', 'components/PluginPage.mjs'),
    part('setPanelRenderer', 'components/PanelRenderer.mjs'),
    part('setPanelDataErrorView', 'components/PanelDataErrorView.mjs'),
    part('setFolderPicker', 'components/FolderPicker.mjs'),
    ...(version === '12'
      ? [
          // 12 asks the data source service for settings, and its picker needs nothing from outside.
          'export const initDataSourceInstanceSettings = () => undefined;',
          'export const setDataSourcePicker = () => undefined;',
        ]
      : [
          part('initDataSourceInstanceSettings', 'services/dataSource/settings.mjs'),
          part('setDataSourcePicker', 'components/DataSourcePicker.mjs'),
        ]),
  ].join('\n');
}

/** Sends shared packages to the copies of one Grafana version. */
function oneCopyOfEach({ from, ui }: GrafanaPackages): Plugin {
  return {
    name: 'one-copy-of-each',
    setup(build) {
      const within = async ({ path, kind, importer }: OnResolveArgs, resolveDir: string) =>
        build.resolve(path, { resolveDir, kind, importer, pluginData: OURS });
      build.onResolve({ filter: ONE_COPY }, async (args) =>
        args.pluginData === OURS ? undefined : asTranspiled(await within(args, from)),
      );
      build.onResolve({ filter: ROUTERS }, async (args) => {
        if (args.pluginData === OURS) return undefined;
        // Scenes wants version 6 of the router; in Grafana that is the compatibility package.
        const path = SCENES.test(args.importer) ? 'react-router-dom-v5-compat' : args.path;
        return within({ ...args, path }, ui);
      });
      build.onResolve({ filter: /^\./ }, async (args) => {
        if (args.pluginData === OURS || args.namespace !== 'grafana') return undefined;
        return asTranspiled(await within(args, args.resolveDir));
      });
      build.onLoad({ filter: /.*/, namespace: 'grafana' }, async ({ path }) => ({
        contents: await readGrafanaModule(path.replace(/\.js$/, '.mjs')),
        loader: 'js',
        resolveDir: dirname(path),
      }));
    },
  };
}

/**
 * Grafana's modules end in `.mjs`, for which a default import of a CommonJS package means the whole of it, as in Node.
 * Grafana's own build reads them the other way, so they are loaded under a name that ends in `.js`.
 */
function asTranspiled<Result extends { path: string; errors: unknown[]; sideEffects: boolean }>(
  result: Result,
) {
  if (result.errors.length > 0 || !GRAFANA_MODULE.test(result.path)) return result;
  const { path, sideEffects } = result;
  return { path: path.replace(/\.mjs$/, '.js'), namespace: 'grafana', sideEffects };
}

async function readGrafanaModule(file: string): Promise<string> {
  const text = await readFile(file, 'utf8');
  // Scenes names a default that the table's schema of 12.4 does not have, and does not use it.
  const lacks = /table[/\\]panelcfg/.test(file) && !text.includes('defaultOptions');
  return lacks ? `${text}\nexport const defaultOptions = {};` : text;
}

/** The code editor is not shown by the host: it brings its own loader and workers. */
const withoutEditors: Plugin = {
  name: 'without-editors',
  setup(build) {
    build.onResolve({ filter: EDITORS }, ({ path }) => ({ path, namespace: 'without' }));
    build.onLoad({ filter: /.*/, namespace: 'without' }, () => ({
      contents: 'module.exports = {};',
      loader: 'js',
    }));
  },
};

export function hostPlugins(version: GrafanaVersion, packages: GrafanaPackages): Plugin[] {
  const inside: Plugin = {
    name: 'grafana-internals',
    setup(build) {
      build.onResolve({ filter: /^host:internals$/ }, ({ path }) => ({
        path,
        namespace: 'inside',
      }));
      build.onLoad({ filter: /.*/, namespace: 'inside' }, () => ({
        contents: internals(version, packages.runtime),
        loader: 'js',
        resolveDir: packages.from,
      }));
      build.onResolve({ filter: /.*/, namespace: 'inside' }, ({ path }) => ({
        path: path.replace(/\.mjs$/, '.js'),
        namespace: 'grafana',
      }));
    },
  };
  return [inside, withoutEditors, oneCopyOfEach(packages)];
}

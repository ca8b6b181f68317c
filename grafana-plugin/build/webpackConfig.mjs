import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import CopyPlugin from 'copy-webpack-plugin';

const PLUGIN_ID = 'plumbline-modelhealth-app';
const pluginRoot = join(dirname(fileURLToPath(import.meta.url)), '..');
const source = join(pluginRoot, 'src');
const schemas = join(pluginRoot, '../schemas/src');
const dashboards = join(pluginRoot, '../dashboards');

/**
 * What Grafana 12.4 and later hand to plugins at run time. Everything else is bundled: `@grafana/i18n`, `@grafana/schema` and
 * `@grafana/scenes` are not shared, and neither is version 6 of react-router-dom (its `react-router` is).
 */
const SHARED = [
  '@emotion/css',
  '@emotion/react',
  'd3',
  'i18next',
  'jquery',
  'lodash',
  'moment',
  'prismjs',
  'react',
  'react-dom',
  'react-redux',
  'react-router',
  'react/jsx-runtime',
  'redux',
  'rxjs',
  'rxjs/operators',
];

const sharedModules = ({ request }, done) => {
  // The AMD loader's own description of the module that it is loading: see publicPath.ts.
  if (request === 'amd-module') return done(null, 'module');
  if (SHARED.includes(request) || /^@grafana\/(data|runtime|ui)(\/|$)/.test(request))
    return done(null, request);
  return done();
};

/** The folders under src/panels that hold a nested panel plugin. */
const panels = () =>
  readdirSync(join(source, 'panels'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `panels/${entry.name}`)
    .filter((folder) => existsSync(join(source, folder, 'plugin.json')));

const entryOf = (folder) => ['./publicPath.ts', `./${join(folder, 'module.tsx')}`];

/** Fills in what a release decides. */
const stamped = (content) => {
  const { version } = JSON.parse(readFileSync(join(pluginRoot, 'package.json'), 'utf8'));
  return content
    .toString()
    .replaceAll('%VERSION%', version)
    .replaceAll('%TODAY%', new Date().toISOString().slice(0, 10));
};

const languages = () =>
  readdirSync(join(source, 'locales'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

/**
 * The texts of a language as Grafana loads them: the files of src/locales/<language> in one, each under its name. In the
 * source there is one for each page, so that pages can be written side by side.
 */
const locale = (language) => ({
  from: `locales/${language}/*.json`,
  to: `locales/${language}/${PLUGIN_ID}.json`,
  transformAll: (files) =>
    JSON.stringify(
      Object.fromEntries(
        files
          .map(({ absoluteFilename, data }) => [
            basename(absoluteFilename, '.json'),
            JSON.parse(data.toString()),
          ])
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
    ),
});

const assets = () => [
  ...['.', ...panels()].map((folder) => ({
    from: join(folder, 'plugin.json'),
    to: join(folder, 'plugin.json'),
    transform: stamped,
  })),
  { from: 'img', to: 'img' },
  ...languages().map(locale),
  { from: 'plumbline-*.json', context: dashboards, to: 'dashboards' },
  { from: 'README.md', to: 'README.md' },
  { from: '../../LICENSE', to: 'LICENSE', toType: 'file' },
];

const typescript = {
  test: /\.tsx?$/,
  exclude: /node_modules/,
  use: {
    loader: 'swc-loader',
    options: {
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', tsx: true },
        transform: { react: { runtime: 'automatic' } },
      },
    },
  },
};

/** The build of the app and its nested panels into `output`, a folder that a Grafana administrator can take as it is. */
export const webpackConfig = ({ output, development = false }) => ({
  context: source,
  mode: development ? 'development' : 'production',
  devtool: development ? 'source-map' : false,
  target: ['web', 'es2022'],
  entry: {
    module: entryOf('.'),
    ...Object.fromEntries(panels().map((folder) => [`${folder}/module`, entryOf(folder)])),
  },
  output: {
    path: output,
    filename: '[name].js',
    chunkFilename: 'chunks/[name].[contenthash:8].js',
    library: { type: 'amd' },
    uniqueName: PLUGIN_ID,
    clean: true,
  },
  externals: [sharedModules],
  resolve: {
    extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    alias: {
      '@plumbline/schemas/queries$': join(schemas, 'queries/index.ts'),
      '@plumbline/schemas/rules$': join(schemas, 'rules/index.ts'),
    },
  },
  module: { rules: [typescript] },
  // The size of the entry is a test of ours; a lazy page may be as large as Scenes is.
  performance: { hints: false },
  plugins: [new CopyPlugin({ patterns: assets() })],
});

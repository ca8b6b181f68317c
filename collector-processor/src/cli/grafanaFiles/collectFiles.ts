import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { APP_ID } from '@plumbline/schemas/rules';

/** Where `npm run provisioning` expects the dashboards to be mounted. */
const DASHBOARDS_PATH = '/etc/plumbline/dashboards';

export interface GrafanaFilesSettings {
  /** Folder that holds `provisioning/`, `dashboards/` and the built plugin. */
  readonly root: string;
  /** A folder of provisioning/datasources: native, http, native-tls or http-tls. */
  readonly dataSource: string;
  /** A file of provisioning/contact-points: webhook, email, slack, pagerduty or all. */
  readonly contact: string;
  /** Where Grafana sees the dashboards. */
  readonly dashboardsPath?: string;
}

export interface GrafanaFiles {
  /** Texts by path below the target. */
  readonly provisioning: ReadonlyMap<string, string>;
  readonly dashboards: ReadonlyMap<string, string>;
  /** The folder of the built plugin, and its name in Grafana's plugin folder; undefined when it is not built. */
  readonly plugin: { readonly from: string; readonly name: string } | undefined;
}

const choices = (folder: string): string[] =>
  readdirSync(folder).map((name) => name.replace(/\.yaml$/, ''));

/** Throws an `Error` that names the choices when there is no such one. */
const choose = (root: string, folder: string, name: string, ending: string): string => {
  const known = choices(join(root, folder));
  if (!known.includes(name))
    throw new Error(
      `${folder.split('/')[1]}: must be one of ${known.sort().join(', ')}, not ${name}`,
    );
  return join(root, folder, `${name}${ending}`);
};

const jsonFiles = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.startsWith('plumbline-') && name.endsWith('.json'));

/** What an existing Grafana needs, read from the repository or the image. */
export function collectFiles(settings: GrafanaFilesSettings): GrafanaFiles {
  const { root, dataSource, contact, dashboardsPath = DASHBOARDS_PATH } = settings;
  const text = (path: string): string => readFileSync(path, 'utf8');
  const provisioning = new Map([
    [
      'datasources/plumbline.yaml',
      text(choose(root, 'provisioning/datasources', dataSource, '/plumbline.yaml')),
    ],
    [
      'dashboards/plumbline.yaml',
      text(join(root, 'provisioning/dashboards/plumbline.yaml')).replaceAll(
        DASHBOARDS_PATH,
        () => dashboardsPath,
      ),
    ],
    ['plugins/plumbline.yaml', text(join(root, 'provisioning/plugins/plumbline.yaml'))],
    ['alerting/rules.yaml', text(join(root, 'provisioning/alerting/rules.yaml'))],
    ['alerting/texts.yaml', text(join(root, 'provisioning/alerting/texts.yaml'))],
    [
      'alerting/contact-points.yaml',
      text(choose(root, 'provisioning/contact-points', contact, '.yaml')),
    ],
  ]);
  const dashboards = join(root, 'dashboards');
  const plugin = join(root, 'grafana-plugin/dist');
  return {
    provisioning,
    dashboards: new Map(jsonFiles(dashboards).map((name) => [name, text(join(dashboards, name))])),
    plugin: existsSync(join(plugin, 'plugin.json')) ? { from: plugin, name: APP_ID } : undefined,
  };
}

/** The environment variables that Grafana must have for these files. */
export const variablesOf = (files: Iterable<string>): readonly string[] =>
  [...new Set([...files].flatMap((text) => text.match(/\$(PLUMBLINE_\w+)/g) ?? []))]
    .map((name) => name.slice(1))
    .sort();

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { messageOf } from '../core/errors';
import { FAILED, type Command, type Host, type Values } from './command';
import { checkProvisioning } from './grafanaFiles/checkProvisioning';
import { collectFiles, type GrafanaFiles, variablesOf } from './grafanaFiles/collectFiles';

/** `src/cli` and `dist/cli` are equally deep below the folder that holds all workspaces. */
const ROOT = join(__dirname, '../../..');

const writeAll = (folder: string, files: ReadonlyMap<string, string>): void => {
  for (const [path, text] of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
};

const write = (directory: string, { provisioning, dashboards, plugin }: GrafanaFiles): void => {
  writeAll(join(directory, 'provisioning'), provisioning);
  writeAll(join(directory, 'dashboards'), dashboards);
  if (plugin !== undefined)
    cpSync(plugin.from, join(directory, 'plugins', plugin.name), { recursive: true });
};

/** The YAML files below a provisioning folder, by their path in it. */
const readProvisioning = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8')];
      }),
  );

const tellProblems = (problems: readonly string[], host: Host): number => {
  for (const problem of problems) host.error(problem);
  return problems.length === 0 ? 0 : FAILED;
};

const check = (directory: string, host: Host): number => {
  const folder = join(directory, 'provisioning');
  if (!existsSync(folder)) return tellProblems([`${folder}: there is no such folder`], host);
  const code = tellProblems(checkProvisioning(readProvisioning(folder)), host);
  if (code === 0) host.out('ok');
  return code;
};

const writeFiles = (directory: string, values: Values, host: Host): number => {
  const dashboardsPath = values['dashboards-path'];
  const files = collectFiles({
    root: ROOT,
    dataSource: String(values['data-source']),
    contact: String(values.contact),
    ...(typeof dashboardsPath === 'string' ? { dashboardsPath } : {}),
  });
  const problems = checkProvisioning(files.provisioning);
  if (problems.length > 0) return tellProblems(problems, host);
  write(directory, files);
  host.out(
    `provisioning/, dashboards/${files.plugin === undefined ? '' : ' and plugins/'} are in ${directory}`,
  );
  if (files.plugin === undefined) host.out('the plugin is left out: it is not built here');
  host.out(`Grafana needs the variables ${variablesOf(files.provisioning.values()).join(', ')}`);
  return 0;
};

const option = (value: string, summary: string, preset?: string) =>
  ({
    type: 'string',
    value,
    summary,
    ...(preset === undefined ? {} : { default: preset }),
  }) as const;

export const grafanaFilesCommand: Command = {
  name: 'grafana-files',
  summary:
    'write plugin, provisioning and dashboards into a folder that an existing Grafana mounts',
  argument: 'DIR',
  options: {
    'data-source': option(
      'WAY',
      'how Grafana reaches ClickHouse: native, http, native-tls, http-tls',
      'native',
    ),
    contact: option('WAY', 'who is told: webhook, email, slack, pagerduty, all', 'webhook'),
    'dashboards-path': option(
      'PATH',
      'where Grafana will see DIR/dashboards (default /etc/plumbline/dashboards)',
    ),
    check: { type: 'boolean', summary: 'write nothing: check what is in DIR/provisioning' },
  },
  run(values, host) {
    const directory = String(values.argument);
    try {
      return Promise.resolve(
        values.check === true ? check(directory, host) : writeFiles(directory, values, host),
      );
    } catch (error) {
      return Promise.resolve(tellProblems([messageOf(error)], host));
    }
  },
};

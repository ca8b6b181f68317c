import { createReadStream } from 'node:fs';
import { messageOf } from '../core/errors';
import type { BaselineRequest } from '../monitor/baselines/baselineRequest';
import { changeBaseline, listBaselines } from '../monitor/baselines/changeBaseline';
import { BASELINE_LIMITS, createBaseline } from '../monitor/baselines/createBaseline';
import { IMPORT_FORMATS, stageFile } from '../monitor/baselines/importFile';
import { engineNow, type Statements } from '../monitor/statements';
import { withStore } from '../offlineStore';
import { type Command, FAILED, type Host, MISUSED, type Values } from './command';
import { commandStatements } from './commandStatements';
import { CONFIG_OPTION, configOf } from './configOption';
import { RANGE_OPTIONS, rangeOf } from './timeOption';

const ACTIONS = ['create', 'import', 'list', 'pin', 'unpin', 'expire'] as const;
type Action = (typeof ACTIONS)[number];
type Client = Parameters<Parameters<typeof withStore>[1]>[0];

interface Work {
  readonly client: Client;
  readonly statements: Statements;
  readonly values: Values;
  readonly host: Host;
}

const textOf = (value: Values[string], fallback = ''): string =>
  typeof value === 'string' ? value : fallback;
const timeText = (unixMs: number): string => new Date(unixMs).toISOString().replace('.000Z', 'Z');

const identityOf = (values: Values) => ({
  tenant: textOf(values.tenant, 'default'),
  environment: textOf(values.environment),
  model: textOf(values.model),
});

const requestOf = (values: Values): Omit<BaselineRequest, 'source' | 'fromMs' | 'toMs'> => ({
  ...identityOf(values),
  version: textOf(values.version),
  segment: textOf(values.segment),
  freshBins: values['fresh-bins'] === true,
});

function tell(report: Awaited<ReturnType<typeof createBaseline>>, host: Host): number {
  if (report.status === 'refused') {
    host.error(`no baseline: ${report.reason}`);
    return FAILED;
  }
  const { baseline, rows, features, every } = report;
  const sampled = every === 1 ? '' : ` (one of ${every} rows was read)`;
  host.out(`baseline ${baseline}: ${features} features, ${rows} rows${sampled}`);
  return 0;
}

async function create({ statements, values, host }: Work): Promise<number> {
  const range = rangeOf(values, host.error);
  if (range === undefined) return MISUSED;
  const request = { ...requestOf(values), ...range, source: 'range' } as const;
  return tell(await createBaseline(statements, request), host);
}

async function importFile({ client, statements, values, host }: Work): Promise<number> {
  const path = textOf(values.file);
  const format = IMPORT_FORMATS.find((name) => path.toLowerCase().endsWith(`.${name}`));
  if (format === undefined) {
    host.error(
      `--file ${path}: must end in ${IMPORT_FORMATS.map((name) => `.${name}`).join(', ')}`,
    );
    return MISUSED;
  }
  const toMs = await engineNow(statements);
  const request = { ...requestOf(values), fromMs: toMs - 1, toMs, source: 'import' } as const;
  const staged = await stageFile(client, { format, open: () => createReadStream(path) });
  try {
    return tell(await createBaseline(statements, request, BASELINE_LIMITS, staged.rows), host);
  } finally {
    await staged.drop();
  }
}

async function list({ statements, values, host }: Work): Promise<number> {
  for (const made of await listBaselines(statements, filterOf(values))) {
    const marks = `${made.pinned > 0 ? ', pinned' : ''}${made.expired > 0 ? ', expired' : ''}`;
    const place = made.segment === '' ? made.version : `${made.version} ${made.segment}`;
    host.out(
      `${made.baseline}  ${place}: ${made.features} features, ${made.rows} rows, ${timeText(made.fromMs)} to ${timeText(made.toMs)} (${made.source}${marks})`,
    );
  }
  return 0;
}

const filterOf = (values: Values) => ({
  ...identityOf(values),
  ...(typeof values.version === 'string' ? { version: values.version } : {}),
  ...(typeof values.segment === 'string' ? { segment: values.segment } : {}),
  ...(typeof values.id === 'string' ? { baseline: values.id } : {}),
});

const change =
  (how: 'pin' | 'unpin' | 'expire') =>
  async ({ statements, values, host }: Work): Promise<number> => {
    if (typeof values.id !== 'string') {
      host.error('--id: is needed; plumbline baseline list shows them');
      return MISUSED;
    }
    const n = await changeBaseline(statements, filterOf(values), how);
    host.out(`${n} baselines changed`);
    return n > 0 ? 0 : FAILED;
  };

const RUN: Readonly<Record<Action, (work: Work) => Promise<number>>> = {
  create,
  import: importFile,
  list,
  pin: change('pin'),
  unpin: change('unpin'),
  expire: change('expire'),
};

const flag = (summary: string) => ({ type: 'boolean', summary }) as const;
const value = (name: string, summary: string) =>
  ({ type: 'string', value: name, summary }) as const;

/** Baselines are also made by themselves (`monitor.baseline`); this is for those that somebody wants otherwise. */
export const baselineCommand: Command = {
  name: 'baseline',
  summary: 'create, import, list, pin, unpin or expire the baselines that drift is measured from',
  actions: ACTIONS,
  options: {
    config: CONFIG_OPTION,
    model: value('NAME', 'the model'),
    version: value('NAME', 'its version'),
    segment: value('KEY=VALUE', 'only this part of its traffic'),
    environment: value('NAME', 'its environment'),
    tenant: { ...value('NAME', 'its tenant'), default: 'default' },
    id: value('ID', 'the baseline to pin, unpin or expire, as list shows it'),
    file: value(
      'FILE',
      'to import: rows of features, a column each: .csv with names, .parquet or .jsonl',
    ),
    'fresh-bins': flag('make new bins even for features that have some'),
    ...RANGE_OPTIONS,
  },
  async run(values, host) {
    const action = ACTIONS.find((name) => name === values.action);
    if (action === undefined || textOf(values.model) === '') {
      host.error('--model: is needed');
      return MISUSED;
    }
    const config = configOf(values, host);
    if (config === undefined) return MISUSED;
    try {
      return await withStore(config, (client) =>
        RUN[action]({ client, statements: commandStatements(client), values, host }),
      );
    } catch (error) {
      host.error(messageOf(error));
      return FAILED;
    }
  },
};

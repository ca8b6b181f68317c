import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../config/config';
import { parseAddress } from '../config/address';
import { loadConfig } from '../config/loadConfig';
import { systemClock } from '../core/clock';
import type { NamedAddress } from '../demo/busyAddresses';
import { busyAddresses } from '../demo/busyAddresses';
import { HISTORY_DAYS } from '../demo/environment';
import type { DemoSettings } from '../demo/runDemo';
import { runDemo } from '../demo/runDemo';
import { runSenders } from '../demo/runSenders';
import { createScreen } from '../demo/screen';
import { FAILED, MISUSED, type Command, type Host, type Values } from './command';
import { makeDemoBaselines } from './demoBaselines';
import { parseDuration } from './parseDuration';
import type { CreateService } from './service';

interface Choices {
  readonly forMs?: number;
  /** Turns a default port into the one to use. */
  readonly portOf: (port: number) => number;
  /** Absent: a directory of its own that is removed at the end. */
  readonly dataDir?: string;
  readonly historyDays: number;
  readonly quiet: boolean;
}

/** With it the highest default port, 8123, is the last there is. */
const HIGHEST_OFFSET = 65_535 - 8_123;

/** What the options say, or what is wrong with them. */
function choicesOf(values: Values): Choices | string {
  const { for: time, data, ephemeral } = values;
  const forMs = typeof time === 'string' ? parseDuration(time) : undefined;
  if (time !== undefined && forMs === undefined) {
    return `--for ${String(time)}: must be a time such as 20s or 5m`;
  }
  const offset = Number(values['port-offset'] ?? 0);
  if (!Number.isInteger(offset) || offset < 0 || offset > HIGHEST_OFFSET) {
    return `--port-offset ${String(values['port-offset'])}: must be a whole number from 0 to ${HIGHEST_OFFSET}`;
  }
  return {
    ...(forMs === undefined ? {} : { forMs }),
    ...(typeof data === 'string' ? { dataDir: data } : {}),
    portOf: (port) => (ephemeral === true ? 0 : port + offset),
    historyDays: values['no-history'] === true ? 0 : HISTORY_DAYS,
    quiet: values.quiet === true,
  };
}

/** The Grafana, or the preview in place of one, that starts the demo beside itself says where it is. */
function grafanaOf(defaults: Config['api']['grafana'], env: Host['env']) {
  const { PLUMBLINE_DEMO_GRAFANA_URL: url, PLUMBLINE_DEMO_GRAFANA_TOKEN: token } = env;
  return url === undefined || token === undefined ? defaults : { ...defaults, url, token };
}

/** The default configuration with the demo's ports and directory. */
function demoConfig(
  defaults: Config,
  { portOf }: Choices,
  dataDir: string,
  env: Host['env'],
): Config {
  const moved = (address: string): string => {
    const { host, port } = parseAddress(address)!;
    return `${host}:${portOf(port)}`;
  };
  const { receive, storage, api, telemetry, monitor, quality } = defaults;
  return {
    ...defaults,
    receive: {
      ...receive,
      grpc: { ...receive.grpc, address: moved(receive.grpc.address) },
      http: { ...receive.http, address: moved(receive.http.address) },
    },
    storage: {
      ...storage,
      path: join(dataDir, 'store'),
      embedded: { ...storage.embedded, port: portOf(storage.embedded.port) },
      deadLetter: { ...storage.deadLetter, path: join(dataDir, 'dead-letters') },
    },
    // The past comes within seconds: the demo says when the days of its baseline are whole. It has one store to itself, so
    // the monitor may look more often, and two weeks at once, in wider windows.
    monitor: {
      ...monitor,
      everyMs: 2_000,
      maxShare: 1,
      windowMinutes: 30,
      baseline: { ...monitor.baseline, auto: false },
    },
    // Live traffic is a hundred times what the past says, so that something moves on the screen: its volume is no finding.
    quality: { ...quality, volumeFloor: 1_000 },
    api: { ...api, address: moved(api.address), grafana: grafanaOf(api.grafana, env) },
    // Log lines would tear the table; what ends the demo is told in any case.
    telemetry: { ...telemetry, logLevel: 'fatal' },
  };
}

const listenersOf = ({ receive, storage, api }: Config): NamedAddress[] => [
  { name: 'OTLP gRPC', ...parseAddress(receive.grpc.address)! },
  { name: 'OTLP HTTP', ...parseAddress(receive.http.address)! },
  { name: 'admin', ...parseAddress(api.address)! },
  { name: 'ClickHouse', host: '127.0.0.1', port: storage.embedded.port },
];

async function runIn(
  dataDir: string,
  choices: Choices,
  parts: { readonly createService: CreateService; readonly host: Host },
): Promise<number> {
  const { createService, host } = parts;
  const loaded = loadConfig({ env: host.env, readFile: host.readFile });
  if (loaded.status === 'invalid') throw new Error(loaded.problems.join('\n'));
  const config = demoConfig(loaded.config, choices, dataDir, host.env);
  const busy = await busyAddresses(listenersOf(config));
  for (const { name, port } of busy) {
    host.error(
      `Port ${port} (${name}) is in use. Choose others: plumbline demo --port-offset 100, or --ephemeral.`,
    );
  }
  if (busy.length > 0) return FAILED;
  const { PLUMBLINE_DEMO_GRAFANA_URL: preview } = host.env;
  const plain = (host.env.NO_COLOR ?? '') !== '';
  const settings: DemoSettings = {
    run: randomUUID(),
    historyDays: choices.historyDays,
    quiet: choices.quiet,
    ...(choices.forMs === undefined ? {} : { forMs: choices.forMs }),
  };
  let startMonitor = (): void => undefined;
  const monitorFrom = new Promise<void>((resolve) => {
    startMonitor = resolve;
  });
  if (choices.historyDays === 0) startMonitor();
  return runDemo(
    {
      processor: createService(config, { monitorFrom }),
      startMonitor,
      screen: createScreen(process.stdout, { plain, clock: systemClock }),
      signals: host.lifetime,
      clock: systemClock,
      makeBaselines: makeDemoBaselines,
      ...(preview === undefined ? {} : { preview }),
    },
    settings,
  );
}

const sendTo = (to: string, { forMs, historyDays, quiet }: Choices, host: Host): Promise<number> =>
  runSenders(
    {
      print: (lines) => {
        lines.forEach(host.out);
      },
      signals: host.lifetime,
      clock: systemClock,
    },
    {
      addresses: { grpc: `${to}:4317`, http: `${to}:4318`, admin: '', clickhouse: '' },
      run: randomUUID(),
      historyDays,
      quiet,
      ...(forMs === undefined ? {} : { forMs }),
    },
  );

export const createDemoCommand = (createService: CreateService): Command => ({
  name: 'demo',
  summary: 'Run everything on this machine, with services that send real telemetry',
  options: {
    for: { type: 'string', value: 'TIME', summary: 'end by itself, for example after 60s' },
    'port-offset': {
      type: 'string',
      value: 'N',
      summary: 'add N to the ports 4317, 4318, 4319 and 8123',
    },
    ephemeral: { type: 'boolean', summary: 'let the system choose free ports' },
    data: { type: 'string', value: 'DIR', summary: 'keep the data there; else they are removed' },
    to: {
      type: 'string',
      value: 'HOST',
      summary: 'only the services, sending to ports 4317 and 4318 of a processor elsewhere',
    },
    quiet: { type: 'boolean', summary: 'plant nothing: nothing pages' },
    'no-history': { type: 'boolean', summary: 'send no predictions of the past 14 days' },
  },
  async run(values, host) {
    const choices = choicesOf(values);
    if (typeof choices === 'string') {
      host.error(choices);
      return MISUSED;
    }
    if (typeof values.to === 'string') return sendTo(values.to, choices, host);
    if (choices.dataDir !== undefined)
      return runIn(choices.dataDir, choices, { createService, host });
    const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-demo-'));
    try {
      return await runIn(dataDir, choices, { createService, host });
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
});

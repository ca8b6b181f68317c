import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBudget } from '../../collector-processor/src/receive/budget';
import { everyone } from '../../collector-processor/src/receive/authenticate';
import { createGrpcReceiver } from '../../collector-processor/src/receive/grpc';
import { createHttpReceiver } from '../../collector-processor/src/receive/http';
import { RECEIVE_DEFAULTS } from '../../collector-processor/src/receive/settings';
import { unlimited } from '../../collector-processor/src/receive/tenantRates';
import { loadConfig } from '../../collector-processor/src/config/loadConfig';
import type { Component } from '../../collector-processor/src/core/component';
import { createPricer } from '../../collector-processor/src/enrich/price/pricer';
import { inOrder } from '../../collector-processor/src/core/component';
import { createEmbeddedEngine } from '../../collector-processor/src/embedded/engine';
import { EMBEDDED_DEFAULTS } from '../../collector-processor/src/embedded/settings';
import { createFlow } from '../../collector-processor/src/flow';
import { createWindowJob } from '../../collector-processor/src/monitor/windowJob';
import { WINDOW_JOB_DEFAULTS } from '../../collector-processor/src/monitor/windowJobSettings';
import { createService } from '../../collector-processor/src/service';
import { openStore } from '../../collector-processor/src/store/openStore';
import { createAdminServer } from '../../collector-processor/src/telemetry/adminServer';
import { createTelemetry } from '../../collector-processor/src/telemetry/telemetry';
import { ENGINE_SCRIPT, startEngine, type TestEngine } from '../support/engine';
import { createRecordingConsumer } from '../support/recordingConsumer';

const ANY = '127.0.0.1:0';
const silent = (endpoint: string | null = null) =>
  createTelemetry({
    logLevel: 'silent',
    endpoint,
    headers: {},
    intervalMs: 1000,
    serviceInstanceId: null,
    version: '0',
  });

let engine: TestEngine;
const directories: string[] = [];

beforeAll(async () => {
  engine = await startEngine();
  const { events } = silent();
  await openStore({ client: engine.client, prices: [], cluster: null, events }, {});
});
afterAll(async () => {
  await engine.stop();
  for (const path of directories) rmSync(path, { recursive: true, force: true });
});

const directory = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'plumbline-lifecycle-'));
  directories.push(path);
  return path;
};

const config = (more: Readonly<Record<string, unknown>> = {}) => {
  const text = JSON.stringify({
    ...more,
    receive: { grpc: { address: ANY }, http: { address: ANY } },
    storage: { url: engine.url, path: directory() },
    api: { address: ANY },
    telemetry: { logLevel: 'silent' },
  });
  const loaded = loadConfig({ path: 'config.yaml', env: {}, readFile: () => text });
  if (loaded.status !== 'ok') throw new Error(loaded.problems.join('\n'));
  return loaded.config;
};

const receiverParts = () => ({
  next: createRecordingConsumer(),
  authenticate: everyone,
  budget: createBudget(RECEIVE_DEFAULTS.inFlightBytes),
  rates: unlimited,
  events: silent().events,
  clock: Date.now,
});

const flow = (more = {}) =>
  createFlow(
    {
      client: engine.client,
      pricer: createPricer([]),
      contracts: [],
      gate: { guard: (next) => next },
      telemetry: silent(),
    },
    config(more),
  );

/** Every part with a lifetime. Each is made anew for each test. */
const components: Readonly<Record<string, () => Component>> = {
  'the telemetry without an endpoint': () => silent(),
  'the telemetry of a dead endpoint': () => silent('http://127.0.0.1:1'),
  'the admin server': () =>
    createAdminServer({ registry: silent().registry, checks: [] }, { host: '127.0.0.1', port: 0 }),
  'the gRPC receiver': () =>
    createGrpcReceiver(receiverParts(), { ...RECEIVE_DEFAULTS.grpc, address: ANY }),
  'the HTTP receiver': () =>
    createHttpReceiver(receiverParts(), { ...RECEIVE_DEFAULTS.http, address: ANY }),
  'the writer': () => flow().writers[0]!,
  'forwarding to nobody': () =>
    flow({ forward: { endpoint: 'http://127.0.0.1:1' } }).writers.at(-1)!,
  'the window job': () =>
    createWindowJob(
      { client: engine.client, pricer: createPricer([]), events: silent().events },
      WINDOW_JOB_DEFAULTS,
    ),
  'the embedded engine': () =>
    createEmbeddedEngine(
      { log: () => undefined },
      { ...EMBEDDED_DEFAULTS, port: 0, script: ENGINE_SCRIPT, path: directory() },
    ),
  'several in order': () => {
    const { grpc, http, writers } = flow();
    return inOrder([grpc, http, ...writers]);
  },
  'the service': () => createService(config()),
};

/** What would keep a process alive, by kind; sockets are left out, because clients pool them. */
const held = (): Record<string, number> => {
  const counts: Record<string, number> = { TCPServerWrap: 0, ProcessWrap: 0, Timeout: 0 };
  for (const kind of process.getActiveResourcesInfo()) {
    if (kind in counts) counts[kind]! += 1;
  }
  return counts;
};

const until = async (condition: () => boolean, ms: number): Promise<void> => {
  const end = Date.now() + ms;
  while (!condition() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
};

test('the check below sees a server that nobody closed', async () => {
  const before = held().TCPServerWrap!;
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  expect(held().TCPServerWrap).toBe(before + 1);
  server.close();
});

describe.each(Object.entries(components))('%s', (_name, make) => {
  test('can be stopped before it started', async () => {
    const component = make();
    await component.stop(AbortSignal.timeout(5000));
    await component.stop(AbortSignal.timeout(5000));
  });

  test('starts, stops, can be stopped again, and lets go of everything', async () => {
    const before = held();
    const component = make();
    await component.start();
    await component.stop(AbortSignal.timeout(10_000));
    await component.stop(AbortSignal.timeout(10_000));
    const released = (): boolean =>
      Object.entries(held()).every(([kind, count]) => count <= before[kind]!);
    await until(released, 3000);
    expect({ before, after: held(), released: released() }).toMatchObject({ released: true });
  });

  test('stops at once when the deadline is over', async () => {
    const component = make();
    await component.start();
    const begun = performance.now();
    await component.stop(AbortSignal.abort());
    expect(performance.now() - begun).toBeLessThan(3000);
  });
});

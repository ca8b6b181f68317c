import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rowsOf } from '../support/clickHouse';
import { startEngine, type TestEngine } from '../support/engine';
import { startFaultProxy, type Fault, type FaultProxy } from '../support/faultProxy';
import { makeTraceRequest } from '../support/payloads/makeTraceRequest';
import { startProcessor, type Processor } from '../support/processor';
import { grpcFrame, rawGrpcCall, withSession } from '../support/rawGrpcCall';
import { RetryingSender, storedCounts } from '../support/retryingSender';
import { sendHttp } from '../support/sendHttp';
import { until } from '../support/until';

/** How long the store is away under load; the minute with PLUMBLINE_OUTAGE_MS=60000. */
const OUTAGE_MS = Number(process.env.PLUMBLINE_OUTAGE_MS ?? 20_000);
const MAX_INSERT_MS = 1_000;
const MIB = 1024 * 1024;

let engine: TestEngine;
let proxy: FaultProxy;
let processor: Processor;
let directory: string;
let seed = 1;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const send = (connections: number): RetryingSender =>
  new RetryingSender(processor, connections, (seed += 1_000_000));
const ready = () => fetch(`http://${processor.adminAddress}/readyz`);
const one = makeTraceRequest({ seed: 7, spans: 3, mix: 'ml', timeMs: Date.now() });
const rssOf = ({ pid }: Processor): number =>
  1024 * Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
const deadLetters = (): string[] => {
  const path = join(directory, 'dead-letters');
  return existsSync(path) ? readdirSync(path) : [];
};

/** Everything acknowledged is there, and each inference counts once. */
async function expectAllStored(sender: RetryingSender): Promise<void> {
  const acknowledged = sender.spanIds();
  expect(acknowledged).toHaveLength(sender.acknowledged.spans);
  const rows = await rowsOf<{ id: string }>(
    engine.client,
    'SELECT DISTINCT SpanId AS id FROM otel_traces',
  );
  const stored = new Set(rows.map(({ id }) => id));
  expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  expect(await storedCounts(engine.client)).toEqual(sender.acknowledged);
}

beforeAll(async () => {
  engine = await startEngine();
  proxy = await startFaultProxy(engine.url);
  await proxy.set({ kind: 'refuse' });
  directory = mkdtempSync(join(tmpdir(), 'plumbline-faults-'));
  processor = await startProcessor({
    until: 'alive',
    config: {
      storage: { url: proxy.url, path: directory, maxInsertMs: MAX_INSERT_MS },
      // Its statements would be hit by the faults too, and say nothing about senders.
      monitor: { enabled: false },
    },
  });
});
afterAll(async () => {
  await processor.stop();
  await proxy.close();
  await engine.stop();
  rmSync(directory, { recursive: true, force: true });
});

test('started without a store it answers "try again", says why, and is ready when the store comes', async () => {
  const url = `http://${processor.httpAddress}`;
  await until(() =>
    sendHttp(url).then(
      () => true,
      () => false,
    ),
  );
  const http = await sendHttp(url, { body: one.bytes });
  expect([http.status, http.headers['retry-after']]).toEqual([503, '5']);
  expect(http.body.toString()).toContain('the store is not open yet');
  const grpc = await withSession(processor.grpcAddress, (session) =>
    rawGrpcCall(session, { frames: [grpcFrame(one.bytes)] }),
  );
  expect([grpc.code, grpc.headers['grpc-status-details-bin'] !== undefined]).toEqual([14, true]);
  const unready = await ready();
  expect(unready.status).toBe(503);
  expect(await unready.text()).toMatch(/the store is not open yet: .*ECONNREFUSED/);

  await proxy.set({ kind: 'none' });
  await until(async () => (await ready()).ok, 30_000);
  expect((await sendHttp(url, { body: one.bytes })).status).toBe(200);
});

describe('under load', () => {
  beforeEach(async () => {
    await engine.client.command({ query: 'TRUNCATE TABLE otel_traces' });
    await engine.client.command({ query: 'TRUNCATE TABLE ml_inferences' });
  });

  const faults: [name: string, fault: Fault, reason: RegExp][] = [
    ['nobody listens', { kind: 'refuse' }, /ECONNREFUSED/],
    ['hangs', { kind: 'hang' }, /Timeout/],
    ['slower than the longest insert', { kind: 'delay', ms: 2 * MAX_INSERT_MS }, /Timeout/],
    ['read-only', { kind: 'error', code: 164, name: 'READONLY' }, /it is so/],
    ['a read-only table', { kind: 'error', code: 242, name: 'TABLE_IS_READ_ONLY' }, /it is so/],
    ['disk full', { kind: 'error', code: 243, name: 'NOT_ENOUGH_SPACE' }, /it is so/],
    ['memory limit', { kind: 'error', code: 241, name: 'MEMORY_LIMIT_EXCEEDED' }, /it is so/],
    ['too many parts', { kind: 'error', code: 252, name: 'TOO_MANY_PARTS' }, /it is so/],
    ['cut off in its answer', { kind: 'cut' }, /socket hang up|ECONNRESET|Parse Error/],
  ];
  test.each(faults)(
    '%s: senders are told to retry, and nothing acknowledged is lost',
    async (_, fault, reason) => {
      const sender = send(4);
      await sleep(400);
      const before = proxy.hits;
      await proxy.set(fault, fault.kind === 'refuse' ? undefined : 'inserts');
      await sleep(fault.kind === 'delay' || fault.kind === 'hang' ? 2.5 * MAX_INSERT_MS : 1_000);
      const { lastRefusal } = sender;
      await proxy.set({ kind: 'none' });
      await sleep(300);
      await sender.stop();
      expect([...sender.refusals.keys()]).toEqual([503]);
      expect(lastRefusal).toMatch(reason);
      if (fault.kind !== 'refuse') expect(proxy.hits).toBeGreaterThan(before);
      await expectAllStored(sender);
      expect(deadLetters()).toEqual([]);
    },
  );

  const alter = (change: string): Promise<unknown> =>
    engine.client.command({ query: `ALTER TABLE otel_traces ${change}` });
  test.each([
    [
      'renamed',
      'RENAME COLUMN StatusMessage TO Elsewhere',
      'RENAME COLUMN Elsewhere TO StatusMessage',
      /StatusMessage/,
    ],
    ['gone', 'DROP COLUMN StatusMessage', 'ADD COLUMN StatusMessage String', /StatusMessage/],
    [
      'of another type',
      'DROP COLUMN ScopeVersion, ADD COLUMN ScopeVersion UInt8',
      'DROP COLUMN ScopeVersion, ADD COLUMN ScopeVersion String',
      /otel_traces was changed: column ScopeVersion was String and is UInt8/,
    ],
  ])(
    'one column %s: senders are told to retry and why, until it is mended',
    async (_, broken, mended, reason) => {
      const sender = send(4);
      await sleep(400);
      for (const change of broken.split(', ')) await alter(change);
      await sleep(1_000);
      const { lastRefusal } = sender;
      for (const change of mended.split(', ')) await alter(change);
      await sleep(300);
      await sender.stop();
      expect([...sender.refusals.keys()]).toEqual([503]);
      expect(lastRefusal).toMatch(reason);
      await expectAllStored(sender);
      expect(deadLetters()).toEqual([]);
    },
  );

  test(
    `down for ${OUTAGE_MS} ms: memory stays flat, and everything is there afterwards`,
    async () => {
      const sender = send(16);
      await sleep(1_000);
      await proxy.set({ kind: 'refuse' });
      await sleep(OUTAGE_MS / 4);
      const before = rssOf(processor);
      await sleep((OUTAGE_MS * 3) / 4);
      const grown = rssOf(processor) - before;
      await proxy.set({ kind: 'none' });
      await sleep(1_000);
      await sender.stop();
      expect(sender.retries).toBeGreaterThan(100);
      expect([...sender.refusals.keys()]).toEqual([503]);
      expect(grown).toBeLessThan(48 * MIB);
      await expectAllStored(sender);
    },
    OUTAGE_MS + 60_000,
  );

  test('SIGTERM: drains within its deadline, and every acknowledged row is there', async () => {
    const sender = send(8);
    await sleep(1_500);
    const began = performance.now();
    expect(await processor.stop()).toBe(0);
    expect(performance.now() - began).toBeLessThan(10_000);
    await sender.abandon();
    const acknowledged = sender.spanIds();
    expect(acknowledged.length).toBeGreaterThan(1_000);
    const rows = await rowsOf<{ id: string }>(
      engine.client,
      'SELECT DISTINCT SpanId AS id FROM otel_traces',
    );
    const stored = new Set(rows.map(({ id }) => id));
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  });
});

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { migrate } from '../../collector-processor/src/store/migrate';
import { createNormalizer } from '../../collector-processor/src/normalize/normalizer';
import { insertBlock } from '../../collector-processor/src/store/insertBlock';
import { TraceDecoder } from '../../collector-processor/src/store/traceBlock';
import { rowsOf } from '../support/clickHouse';
import { startEngine, type TestEngine } from '../support/engine';
import { makeTraceRequest } from '../support/payloads/makeTraceRequest';
import { plainEnvironment } from '../support/processor';
import { until } from '../support/until';

const MAIN = join(
  dirname(require.resolve('@plumbline/collector-processor/package.json')),
  'dist/main.js',
);
/** Each day is a page of its own, which is what an interruption loses at most. */
const DAYS = 6;
const SPANS_A_DAY = 512;
const FROM = '2026-11-01';
const TO = '2026-11-20';

let engine: TestEngine;
let folder: string;
let config: string;
/** Inferences in all. */
let inferences = 0;
/** The rows of a backfill that nothing interrupted. */
let expected: string[];
let running: ChildProcess | undefined;

interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; out: string; error: string }>;
}

function start(from: string, ...args: string[]): Run {
  const child = spawn(
    process.execPath,
    [MAIN, 'backfill', '--config', config, '--from', from, '--to', TO, ...args],
    { stdio: ['ignore', 'pipe', 'pipe'], env: plainEnvironment() },
  );
  running = child;
  let out = '';
  let error = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()));
  const ended = new Promise<Awaited<Run['ended']>>((resolve) => {
    child.once('close', (code) => {
      resolve({ code, out, error });
    });
  });
  return { child, ended };
}

const rows = async (): Promise<string[]> => {
  const found = await rowsOf<Record<string, unknown>>(
    engine.client,
    'SELECT * EXCEPT (written_at) FROM ml_inferences FINAL ORDER BY time, inference_id',
  );
  return found.map((row) => JSON.stringify(row));
};
const count = async (): Promise<number> => {
  const [row] = await rowsOf<{ n: string }>(
    engine.client,
    'SELECT uniqExact(inference_id) AS n FROM ml_inferences',
  );
  return Number(row!.n);
};
const someButNotAll = async (): Promise<boolean> => {
  const n = await count();
  return n > 0 && n < inferences;
};
const empty = (): Promise<unknown> =>
  engine.client.command({ query: 'TRUNCATE TABLE ml_inferences' });
const resumeAt = (error: string): string => /resume with --from (\S+)/.exec(error)![1]!;

beforeAll(async () => {
  engine = await startEngine();
  folder = mkdtempSync(join(tmpdir(), 'backfill-'));
  config = join(folder, 'config.yaml');
  writeFileSync(config, JSON.stringify({ storage: { url: engine.url, path: folder } }));
  await migrate({ client: engine.client, events: { migrationApplied: () => undefined } });
  const decoder = new TraceDecoder(createNormalizer(), { price: () => undefined });
  for (let day = 1; day <= DAYS; day++) {
    const timeMs = Date.UTC(2026, 10, day, 12);
    const made = makeTraceRequest({ seed: day, spans: SPANS_A_DAY, mix: 'ml', timeMs });
    inferences += made.inferences;
    const block = decoder.createBlock();
    const request = { signal: 'traces', bytes: made.bytes, tenant: 'default' } as const;
    decoder.decode({ ...request, receivedAtMs: timeMs }, block);
    const [, spans] = block.tables.find(([table]) => table === 'otel_traces')!;
    await insertBlock(engine.client, 'otel_traces', spans.block());
  }
  expect(await start(FROM).ended).toMatchObject({ code: 0, error: '' });
  expected = await rows();
  expect(expected).toHaveLength(inferences);
}, 60_000);
afterEach(() => {
  running?.kill('SIGKILL');
});
afterAll(async () => {
  await engine.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a backfill that does not come to its end', () => {
  test('goes on from the time that it printed when it was stopped, and has the same rows', async () => {
    await empty();
    const { child, ended } = start(FROM, '--max-spans-per-second', '400');
    await until(someButNotAll, 30_000);
    child.kill('SIGINT');
    const { code, error } = await ended;
    expect(code).toBe(1);
    expect(error).toMatch(/stopped; resume with --from 2026-11-0\d/);
    expect(resumeAt(error) > FROM).toBe(true);
    expect(await someButNotAll()).toBe(true);
    expect(await start(resumeAt(error)).ended).toMatchObject({ code: 0, error: '' });
    expect(await rows()).toEqual(expected);
  }, 90_000);

  test('fails with where to go on when the store is killed, and has the same rows afterwards', async () => {
    await empty();
    const { ended } = start(FROM, '--max-spans-per-second', '400');
    await until(someButNotAll, 30_000);
    process.kill(engine.pid!, 'SIGKILL');
    const { code, error } = await ended;
    expect(code).toBe(1);
    expect(error).toMatch(/; resume with --from 2026-11-0\d/);
    await until(async () => (await engine.client.ping()).success, 30_000);
    const partial = await rows();
    expect(partial.length).toBeLessThan(expected.length);
    const whole = new Set(expected);
    expect(partial.filter((row) => !whole.has(row))).toEqual([]);
    expect(await start(resumeAt(error)).ended).toMatchObject({ code: 0, error: '' });
    expect(await rows()).toEqual(expected);
  }, 90_000);

  test('reads no faster than it is told to', async () => {
    await empty();
    const perSecond = 1000;
    const { code, out } = await start(FROM, '--max-spans-per-second', String(perSecond)).ended;
    expect(code).toBe(0);
    const [, candidates, seconds] = /, (\d+) of them looked at, .*, ([\d.]+) s, /.exec(out)!;
    expect(Number(candidates)).toBeGreaterThan(2 * perSecond);
    expect(Number(candidates) / Number(seconds)).toBeLessThanOrEqual(1.1 * perSecond);
  }, 60_000);
});

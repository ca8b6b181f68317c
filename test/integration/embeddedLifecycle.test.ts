import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createEmbeddedEngine } from '../../collector-processor/src/embedded/engine';
import type { FromChild } from '../../collector-processor/src/embedded/protocol';
import { EMBEDDED_DEFAULTS } from '../../collector-processor/src/embedded/settings';
import type { EmbeddedSettings } from '../../collector-processor/src/embedded/settings';
import { ENGINE_SCRIPT, startEngine } from '../support/engine';
import type { TestEngine } from '../support/engine';
import { rawHttp } from '../support/rawHttp';
import { until } from '../support/until';

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Directories in memory of the engine that has `directory`. */
const memoryFiles = (): string[] => {
  const name = createHash('sha256').update(directory).digest('hex').slice(0, 16);
  return existsSync('/dev/shm')
    ? readdirSync('/dev/shm').filter((entry) => entry.startsWith(`plumbline-${name}-`))
    : [];
};

let directory: string;
let started: TestEngine[] = [];
const start = async (options: Partial<EmbeddedSettings> = {}): Promise<TestEngine> => {
  const engine = await startEngine({ path: directory, ...options });
  started.push(engine);
  return engine;
};
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'plumbline-lifecycle-'));
});
afterEach(async () => {
  // Also after a test that failed, or its child would outlive it.
  await Promise.all(started.map((engine) => engine.stop()));
  started = [];
  rmSync(directory, { recursive: true, force: true });
});

test('kill -9 loses no acknowledged row, and the child is back on the same port', async () => {
  const engine = await start();
  const { client, url } = engine;
  await client.command({
    query: 'CREATE TABLE t (batch UInt32, row UInt32) ENGINE = MergeTree ORDER BY batch',
  });
  const acknowledged: number[] = [];
  let batch = 0;
  let stopped = false;
  const writer = async (): Promise<void> => {
    while (!stopped) {
      const mine = (batch += 1);
      const values = Array.from({ length: 500 }, (_, row) => ({ batch: mine, row }));
      try {
        await client.insert({ table: 't', values, format: 'JSONEachRow' });
        acknowledged.push(mine);
      } catch {
        await sleep(50);
      }
    }
  };
  const writers = [writer(), writer()];
  for (let round = 1; round <= 2; round += 1) {
    const enough = acknowledged.length + 20;
    await until(() => acknowledged.length >= enough);
    const killed = engine.pid!;
    process.kill(killed, 'SIGKILL');
    await until(() => engine.pid !== killed);
    await until(() => engine.engine.ready());
  }
  stopped = true;
  await Promise.all(writers);

  expect(engine.engine.url).toBe(url);
  const found = await client.query({
    query: 'SELECT batch, count() AS rows FROM t GROUP BY batch',
    format: 'JSONEachRow',
  });
  const rows = new Map(
    (await found.json<{ batch: number; rows: number }>()).map((row) => [row.batch, row.rows]),
  );
  expect(acknowledged.filter((number) => rows.get(number) !== 500)).toEqual([]);
  expect([...rows.values()].filter((count) => count !== 500)).toEqual([]);
  expect(engine.events.map((event) => event.name)).toEqual([
    ...['started', 'exited', 'restarting', 'started', 'exited', 'restarting', 'started'],
  ]);
  expect(engine.events[1]).toMatchObject({ signal: 'SIGKILL' });
  expect(
    engine.events.filter((event) => event.name === 'restarting').map((event) => event.inMs),
  ).toEqual([250, 500]);
  await engine.stop();
});

test('a second process on one directory is refused, and told what to do; the first one goes on', async () => {
  const first = await start();
  await expect(start()).rejects.toThrow(
    `the data directory ${directory} is in use by another process (PID ${first.pid}): stop that one, or give this one a directory of its own (storage.path)`,
  );
  expect(await first.client.ping({ select: true })).toMatchObject({ success: true });
  await first.stop();
});

test('an occupied port is told when starting', async () => {
  const first = await start();
  const other = mkdtempSync(join(tmpdir(), 'plumbline-lifecycle-'));
  await expect(start({ path: other, port: Number(new URL(first.url).port) })).rejects.toThrow(
    /EADDRINUSE/,
  );
  rmSync(other, { recursive: true, force: true });
  await first.stop();
});

test('stop lets a running insert end, ends what only reads, and loses nothing', async () => {
  const engine = await start();
  const { client, url } = engine;
  const pid = engine.pid!;
  await client.command({
    query:
      'CREATE TABLE slow (a UInt32, b UInt8 MATERIALIZED sleepEachRow(0.2)) ENGINE = MergeTree ORDER BY a',
  });
  const insert = rawHttp(url, {
    path: '/',
    body: 'INSERT INTO slow FORMAT JSONEachRow {"a":1} {"a":2} {"a":3}',
  });
  const read = rawHttp(url, {
    path: '/',
    body: 'SELECT sum(sipHash64(number)) FROM numbers(100000000000)',
  });
  await sleep(200);
  await engine.stop();
  expect((await insert).status).toBe(200);
  expect((await read).headers['x-clickhouse-exception-code']).toBe('394');
  expect(isAlive(pid)).toBe(false);
  expect(engine.events.slice(-2)).toMatchObject([
    { name: 'exited', code: 0, signal: null },
    { name: 'stopped', killed: false },
  ]);

  const again = await start();
  const found = await again.client.query({
    query: 'SELECT count() AS c FROM slow',
    format: 'JSONEachRow',
  });
  expect(await found.json()).toEqual([{ c: 3 }]);
  await again.stop();
});

test('stop kills a child that does not end before the deadline', async () => {
  const engine = await start();
  await engine.client.command({
    query:
      'CREATE TABLE slow (a UInt32, b UInt8 MATERIALIZED sleepEachRow(3)) ENGINE = MergeTree ORDER BY a',
  });
  const insert = rawHttp(engine.url, {
    path: '/',
    body: 'INSERT INTO slow FORMAT JSONEachRow {"a":1}',
  });
  insert.catch(() => undefined);
  await sleep(200);
  await engine.engine.stop(AbortSignal.timeout(200));
  await expect(insert).rejects.toThrow();
  expect(engine.events.at(-1)).toEqual({ name: 'stopped', killed: true });
  expect(memoryFiles()).toEqual([]);
  await engine.stop();
});

test('stop is safe before start and when called twice', async () => {
  const engine = createEmbeddedEngine(
    { log: () => undefined },
    { ...EMBEDDED_DEFAULTS, path: directory },
  );
  await engine.stop(AbortSignal.timeout(1_000));
  await engine.stop(AbortSignal.timeout(1_000));
  expect(engine.ready()).toBe(false);
});

test('stop while the child is being started again ends that too', async () => {
  const engine = await start();
  process.kill(engine.pid!, 'SIGKILL');
  await until(() => engine.events.some((event) => event.name === 'restarting'));
  await sleep(300);
  await engine.stop();
  expect(engine.engine.ready()).toBe(false);
});

test('the child ends with its supervisor, and Ctrl-C does not end it', async () => {
  const child = fork(ENGINE_SCRIPT, [], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const serving = new Promise<FromChild>((resolve) => child.once('message', resolve));
  child.send({ type: 'open', settings: { ...EMBEDDED_DEFAULTS, port: 0, path: directory } });
  expect(await serving).toMatchObject({ type: 'serving' });
  child.kill('SIGINT');
  await sleep(100);
  expect(isAlive(child.pid!)).toBe(true);
  child.disconnect();
  await once(child, 'exit');
  expect(child.exitCode).toBe(0);
});

test('what a killed child left on its way in and out is removed at the next start', async () => {
  const engine = await start();
  writeFileSync(join(directory, 'plumbline', 'insert1'), 'left');
  process.kill(engine.pid!, 'SIGKILL');
  const killed = engine.pid;
  await until(() => engine.pid !== killed && engine.engine.ready());
  expect(existsSync(join(directory, 'plumbline', 'insert1'))).toBe(false);
  expect(memoryFiles().length).toBeLessThanOrEqual(1);
  await engine.stop();
  expect(memoryFiles()).toEqual([]);
});

test('the engine runs with the settings it was given', async () => {
  const { limits } = EMBEDDED_DEFAULTS;
  const engine = await start({
    syncInserts: true,
    limits: { ...limits, memoryBytes: 700_000_000 },
  });
  const { body } = await rawHttp(engine.url, {
    path: '/',
    body: `SELECT name, value FROM system.server_settings WHERE name IN ('max_server_memory_usage', 'mark_cache_size')
           UNION ALL SELECT name, value FROM system.merge_tree_settings WHERE changed
           FORMAT TSV`,
  });
  expect(body.toString().trimEnd().split('\n').sort()).toEqual([
    'enable_max_bytes_limit_for_min_age_to_force_merge\t1',
    'fsync_after_insert\t1',
    'fsync_part_directory\t1',
    'mark_cache_size\t67108864',
    'max_server_memory_usage\t700000000',
    'min_age_to_force_merge_on_partition_only\t1',
    'min_age_to_force_merge_seconds\t1800',
    'min_parts_to_merge_at_once\t20',
  ]);
});

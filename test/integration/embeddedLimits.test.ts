import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { EMBEDDED_DEFAULTS } from '../../collector-processor/src/embedded/settings';
import { startEngine } from '../support/engine';
import type { TestEngine } from '../support/engine';
import { answerCode, rawHttp } from '../support/rawHttp';
import type { RawAnswer, RawRequest } from '../support/rawHttp';
import { until } from '../support/until';

const MIB = 1024 * 1024;
const LONG = 'SELECT sum(sipHash64(number)) FROM numbers(100000000000)';

/** How much of what the embedded engine does for one client, and what happens at each limit. */
let engine: TestEngine;

beforeAll(async () => {
  engine = await startEngine({
    limits: {
      ...EMBEDDED_DEFAULTS.limits,
      concurrentQueries: 2,
      waitingRequests: 2,
      slotWaitMs: 1_000,
      bodyBytes: 8 * MIB,
      heldResponseBytes: MIB,
      namedSessions: 4,
      lingeringSessions: 10,
    },
  });
  await send('CREATE TABLE t (a UInt32, s String) ENGINE = MergeTree ORDER BY a');
});
afterAll(() => engine.stop());

const send = (body: RawRequest['body'], rest: Partial<RawRequest> = {}): Promise<RawAnswer> =>
  rawHttp(engine.url, { path: '/', ...(body !== undefined && { body }), ...rest });

describe('requests that are refused', () => {
  test.each([
    ['several statements', 'SELECT 1; SELECT 2', '/', 400, '62'],
    ['an empty statement', ' ; ', '/', 400, '62'],
    ['a format that is none', 'SELECT 1', '/?default_format=a%20b', 404, '73'],
    ['a role', 'SELECT 1', '/?role=admin', 404, '511'],
    ['a key that is no setting', 'SELECT 1', '/?a%20b=1', 404, '115'],
    ['ClickHouse’s own compression', 'SELECT 1', '/?compress=1', 501, '48'],
    ['a statement that is too long', `SELECT '${'x'.repeat(300_000)}'`, '/', 400, '62'],
    ['a session timeout that is none', 'SELECT 1', '/?session_id=a&session_timeout=x', 500, '374'],
    ['a session that must exist', 'SELECT 1', '/?session_id=nope&session_check=1', 500, '372'],
  ])('%s', async (_, body, path, status, expected) => {
    expect(answerCode(await send(body, { path }))).toEqual([status, expected]);
  });

  test('an unknown path and method', async () => {
    expect((await send('SELECT 1', { path: '/nope' })).status).toBe(404);
    expect((await send('SELECT 1', { method: 'PUT' })).status).toBe(405);
  });

  test('an unknown encoding, and bytes that are not what they claim', async () => {
    const encoded = (encoding: string): Promise<RawAnswer> =>
      send('SELECT 1', { headers: { 'content-encoding': encoding } });
    expect(answerCode(await encoded('zstd'))[1]).toBe('89');
    expect(answerCode(await encoded('gzip'))[1]).toBe('354');
  });

  test('gzip, deflate and br are understood', async () => {
    for (const [encoding, pack] of [
      ['gzip', gzipSync],
      ['deflate', deflateSync],
      ['br', brotliCompressSync],
    ] as const) {
      const answer = await send(pack(Buffer.from('SELECT 7')), {
        headers: { 'content-encoding': encoding },
      });
      expect(answer.text).toBe('7\n');
    }
  });

  test('a body over the limit, also when it only unpacks to that; the file is gone', async () => {
    const path = `/?query=${encodeURIComponent('INSERT INTO t FORMAT JSONEachRow')}`;
    const large = Buffer.alloc(9 * MIB, '{"a":1}\n');
    expect(answerCode(await send([large.subarray(0, MIB), large], { path }))).toEqual([413, '229']);
    const packed = await send(gzipSync(large), {
      path,
      headers: { 'content-encoding': 'gzip' },
    });
    expect(answerCode(packed)).toEqual([413, '229']);
    expect(spooled()).toEqual([]);
  });

  test('a failed insert leaves no file and no trace of it in the message', async () => {
    const answer = await send('INSERT INTO t FORMAT JSONEachRow {"a":"x"}');
    expect(answerCode(answer)).toEqual([400, '27']);
    expect(answer.text).not.toContain('INFILE');
    expect(spooled()).toEqual([]);
  });

  test('wait_end_of_query holds the result back, up to a limit', async () => {
    const path = '/?wait_end_of_query=1';
    const late = await send('SELECT throwIf(number = 100000) FROM numbers(200000)', { path });
    expect(answerCode(late)).toEqual([500, '395']);
    const answer = await send('SELECT number FROM numbers(100000)', { path });
    expect(answer.headers['x-clickhouse-summary']).toContain('"result_rows":"100000"');
    expect(answerCode(await send('SELECT number FROM numbers(1000000)', { path }))[1]).toBe('396');
  });

  test('the fifth session', async () => {
    for (const id of ['s1', 's2', 's3', 's4'])
      await send('SELECT 1', { path: `/?session_id=${id}&session_timeout=1` });
    const answer = await send('SELECT 1', { path: '/?session_id=s5&session_timeout=1' });
    expect(answerCode(answer)[1]).toBe('202');
  });

  /** Insert files of this engine, in memory and in its directory. */
  const spooled = (): string[] => {
    const name = createHash('sha256').update(engine.path).digest('hex').slice(0, 16);
    const memory = existsSync('/dev/shm')
      ? readdirSync('/dev/shm').filter((entry) => entry.startsWith(`plumbline-${name}-`))
      : [];
    return [
      join(engine.path, 'plumbline'),
      ...memory.map((entry) => join('/dev/shm', entry)),
    ].flatMap((directory) => readdirSync(directory).filter((entry) => entry.startsWith('insert')));
  };
});

describe('slots', () => {
  const idle = (): Promise<void> =>
    until(() => engine.engine.usage?.runningQueries === 0 && engine.engine.usage.waiting === 0);

  test('a slow insert delays no select', async () => {
    await idle();
    await send(
      'CREATE TABLE slow (a UInt32, b UInt8 MATERIALIZED sleepEachRow(0.2)) ENGINE = Memory',
    );
    const startedAt = performance.now();
    const insert = send(
      'INSERT INTO slow FORMAT JSONEachRow {"a":1} {"a":2} {"a":3} {"a":4} {"a":5}',
    );
    await sleep(100);
    for (let index = 0; index < 5; index += 1) await send('SELECT count() FROM t');
    const selects = performance.now() - startedAt;
    expect((await insert).status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThan(900);
    expect(selects).toBeLessThan(700);
  });

  test('a scalar subquery delays no other request', async () => {
    const slow = send('SELECT (SELECT sleep(1))');
    await sleep(50);
    const startedAt = performance.now();
    await send('SELECT 1');
    expect(performance.now() - startedAt).toBeLessThan(500);
    expect((await slow).text).toBe('0\n');
  });

  test('two run, two wait, the rest is told code 202', async () => {
    await idle();
    const waits = (): Promise<RawAnswer> => send('SELECT sleep(0.7)');
    const answers = await Promise.all(Array.from({ length: 6 }, waits));
    expect(answers.map((answer) => answerCode(answer)[1] ?? 'ok').sort()).toEqual([
      '202',
      '202',
      'ok',
      'ok',
      'ok',
      'ok',
    ]);
    await until(() => (engine.engine.usage?.errors['202'] ?? 0) >= 2);
  });

  test('who waits too long for a slot is told code 202', async () => {
    await idle();
    const running = [send('SELECT sleep(1.5)'), send('SELECT sleep(1.5)')];
    await sleep(50);
    expect(answerCode(await send('SELECT 1'))).toEqual([500, '202']);
    await Promise.all(running);
  });

  test('a client that goes away frees its slot as soon as the engine has stopped', async () => {
    await idle();
    const before = engine.engine.usage!.cancelled;
    const gone = new AbortController();
    const running = [0, 1].map(() => send(LONG, { signal: gone.signal }).catch(() => undefined));
    await sleep(300);
    gone.abort();
    await Promise.all(running);
    expect((await send('SELECT 1')).text).toBe('1\n');
    await idle();
    await until(() => engine.engine.usage!.cancelled >= before + 2);
  });

  test('a client that goes away before the engine has begun, too', async () => {
    await idle();
    for (let ms = 0; ms < 30; ms += 1) {
      const gone = new AbortController();
      const broken = send(LONG, { signal: gone.signal }).catch(() => undefined);
      await sleep(ms % 10);
      gone.abort();
      await broken;
    }
    expect((await send('SELECT 1')).text).toBe('1\n');
    await idle();
  });

  test('a client that goes away in the middle of a result, too', async () => {
    await idle();
    const before = engine.engine.usage!.cancelled;
    const gone = new AbortController();
    const broken = send('SELECT number FROM numbers(100000000000) FORMAT JSONEachRow', {
      signal: gone.signal,
    });
    setTimeout(() => {
      gone.abort();
    }, 300);
    await expect(broken).rejects.toThrow();
    expect((await send('SELECT 1')).text).toBe('1\n');
    await until(() => engine.engine.usage!.cancelled > before);
    await idle();
  });

  test('a client that reads nothing more is not waited for longer than the statement may run', async () => {
    const { port } = new URL(engine.url);
    const socket = connect(Number(port), '127.0.0.1');
    const sql = 'SELECT number FROM numbers(100000000000) FORMAT JSONEachRow';
    socket.write(
      `POST /?max_execution_time=1 HTTP/1.1\r\nHost: x\r\nContent-Length: ${sql.length}\r\n\r\n${sql}`,
    );
    socket.pause();
    await until(() => (engine.engine.usage?.runningQueries ?? 0) === 1);
    await until(() => engine.engine.usage?.runningQueries === 0, 10_000);
    socket.destroy();
  });

  test('connections that wait behind a long statement are bounded', async () => {
    await idle();
    const long = send('SELECT sleep(2)');
    const path = (index: number): string => `/?param_x=${index}`;
    const answers: RawAnswer[] = [];
    for (let index = 0; index < 12; index += 1)
      answers.push(await send('SELECT {x:UInt32}', { path: path(index) }));
    expect(answers.slice(0, 10).map((answer) => answer.text)).toEqual(
      Array.from({ length: 10 }, (_, index) => `${index}\n`),
    );
    expect(answerCode(answers[11]!)).toEqual([500, '202']);
    expect((await send('SELECT 1')).text).toBe('1\n');
    await long;
    expect((await send('SELECT {x:UInt32}', { path: path(7) })).text).toBe('7\n');
  });

  test('an insert that stops in the middle holds no slot and leaves nothing', async () => {
    const gone = new AbortController();
    const stopped = rawHttp(engine.url, {
      path: `/?query=${encodeURIComponent('INSERT INTO t FORMAT JSONEachRow')}`,
      headers: { 'content-length': 1_000 },
      body: Buffer.from('{"a":4242}\n'),
      signal: gone.signal,
    });
    await sleep(100);
    gone.abort();
    await expect(stopped).rejects.toThrow();
    expect((await send('SELECT count() FROM t WHERE a = 4242')).text).toBe('0\n');
  });
});

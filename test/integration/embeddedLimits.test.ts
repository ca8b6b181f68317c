import { createHash } from 'node:crypto';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { EMBEDDED_DEFAULTS } from '../../collector-processor/src/embedded/settings';
import { startEngine } from '../support/engine';
import type { TestEngine } from '../support/engine';
import { rawHttp } from '../support/rawHttp';
import type { RawAnswer, RawRequest } from '../support/rawHttp';

const MIB = 1024 * 1024;
const LONG = 'SELECT sum(sipHash64(number)) FROM numbers(100000000000)';

/** Who may do what, how much, and what happens at each limit. */
let engine: TestEngine;

beforeAll(async () => {
  engine = await startEngine({
    users: [
      { name: 'default', password: 'sesam', readOnly: false },
      { name: 'grafana', password: 'p:w', readOnly: true },
    ],
    limits: {
      ...EMBEDDED_DEFAULTS.limits,
      concurrentQueries: 2,
      waitingRequests: 2,
      slotWaitMs: 1_500,
      bodyBytes: 8 * MIB,
      heldResponseBytes: MIB,
      namedSessions: 2,
    },
  });
  await send('CREATE TABLE t (a UInt32, s String) ENGINE = MergeTree ORDER BY a');
});
afterAll(() => engine.stop());

const basic = (user: string, password: string): { authorization: string } => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});
const OWNER = basic('default', 'sesam');
const READER = basic('grafana', 'p:w');

const send = (body: RawRequest['body'], rest: Partial<RawRequest> = {}): Promise<RawAnswer> =>
  rawHttp(engine.url, { path: '/', headers: OWNER, ...(body !== undefined && { body }), ...rest });

const code = (answer: RawAnswer): [status: number, code: string | undefined] => [
  answer.status,
  answer.headers['x-clickhouse-exception-code'] as string | undefined,
];

const until = async (what: () => boolean | Promise<boolean>, ms = 5_000): Promise<void> => {
  const end = Date.now() + ms;
  while (!(await what())) {
    if (Date.now() > end) throw new Error(`not within ${ms} ms: ${what.toString()}`);
    await sleep(20);
  }
};

describe('users', () => {
  test.each([
    ['a wrong password', basic('default', 'sesame')],
    ['no password', {}],
    ['an unknown user', basic('nobody', 'sesam')],
    ['a wrong key header', { 'x-clickhouse-user': 'grafana', 'x-clickhouse-key': 'x' }],
  ])('%s is 401 with code 516', async (_, headers) => {
    const answer = await send('SELECT 1', { headers });
    expect(code(answer)).toEqual([401, '516']);
    expect(answer.text).toContain('(AUTHENTICATION_FAILED)');
    expect(answer.headers['www-authenticate']).toContain('Basic');
  });

  test.each([
    ['Basic', '/', READER],
    ['headers', '/', { 'x-clickhouse-user': 'grafana', 'x-clickhouse-key': 'p:w' }],
    ['the URL', '/?user=grafana&password=p%3Aw', {}],
  ])('credentials in %s', async (_, path, headers) => {
    expect((await send('SELECT 1', { path, headers })).text).toBe('1\n');
  });

  test('a ping needs none', async () => {
    expect((await send(undefined, { method: 'GET', path: '/ping', headers: {} })).text).toBe(
      'Ok.\n',
    );
    expect((await send(undefined, { method: 'GET', headers: {} })).text).toBe('Ok.\n');
  });

  test('a read-only user reads, with settings of his own', async () => {
    const answer = await send("SELECT getSetting('max_threads') FORMAT TSV", {
      path: '/?max_threads=1&readonly=2&max_execution_time=5',
      headers: READER,
    });
    expect(answer.text).toBe('1\n');
    expect((await send('SHOW TABLES', { headers: READER })).text).toBe('t\n');
    const session = { path: '/?session_id=r', headers: READER };
    expect((await send('SET max_block_size = 7', session)).status).toBe(200);
    expect((await send("SELECT getSetting('max_block_size')", session)).text).toBe('7\n');
  });

  test.each([
    "INSERT INTO t VALUES (1, 'x')",
    'INSERT INTO t FORMAT JSONEachRow {"a":1}',
    "INSERT INTO t SELECT 1, 'x'",
    "WITH 1 AS x INSERT INTO t SELECT x, ''",
    'CREATE TABLE u (a UInt8) ENGINE = Memory',
    'CREATE TEMPORARY TABLE u (a UInt8)',
    'DROP TABLE t',
    'ALTER TABLE t DELETE WHERE 1',
    'OPTIMIZE TABLE t',
    'SYSTEM FLUSH LOGS',
    'KILL QUERY WHERE 1',
    'SET readonly = 0',
    'TRUNCATE TABLE t',
  ])('a read-only user may not: %s', async (sql) => {
    expect(code(await send(sql, { headers: READER }))[1]).toBe('164');
  });

  test('GET reads only, whoever sends it', async () => {
    const get = (sql: string): Promise<RawAnswer> =>
      send(undefined, { method: 'GET', path: `/?query=${encodeURIComponent(sql)}` });
    expect((await get('SELECT 1 AS x FORMAT JSONCompact')).text).toContain('[1]');
    expect(code(await get('DROP TABLE t'))[1]).toBe('164');
    expect(code(await get("INSERT INTO t VALUES (1, 'x')"))[1]).toBe('164');
  });

  test('a page of another site cannot make a browser send statements', async () => {
    const headers = { ...OWNER, origin: 'https://example.org' };
    expect((await send('SELECT 1', { headers })).status).toBe(403);
  });
});

describe('nothing outside of the data directory', () => {
  test.each([
    "SELECT * FROM file('/etc/passwd', 'LineAsString')",
    "SELECT file('/etc/passwd')",
    "SELECT * FROM /* x */ `url` ('http://127.0.0.1:1/', 'CSV')",
    "INSERT INTO FUNCTION file('/tmp/x', 'CSV') SELECT 1",
    "INSERT INTO FUNCTION file('/tmp/x', 'CSV', 'a UInt8') FORMAT CSV 1",
    "CREATE TABLE f (a UInt8) ENGINE = File('CSV', '/etc/passwd')",
    "CREATE TABLE f (a UInt8) ENGINE MySQL('127.0.0.1:1', 'a', 'b', 'c', 'd')",
    "CREATE DATABASE f ENGINE = SQLite('/tmp/x')",
    "CREATE DICTIONARY d (a UInt64) PRIMARY KEY a SOURCE(FILE(PATH '/etc/passwd' FORMAT 'CSV')) LAYOUT(FLAT()) LIFETIME(1)",
    "BACKUP TABLE t TO File('/tmp/x')",
    "INSERT INTO t FROM INFILE '/etc/passwd' FORMAT CSV",
  ])('%s', async (sql) => {
    expect(code(await send(sql))).toEqual([403, '497']);
  });

  test('INTO OUTFILE has a code of its own', async () => {
    expect(code(await send("SELECT 1 INTO OUTFILE '/tmp/x' FORMAT CSV"))[1]).toBe('358');
  });

  test('what only computes is allowed', async () => {
    expect((await send('SELECT count() FROM numbers(3) AS file')).text).toBe('3\n');
    expect((await send("SELECT count() FROM values('a UInt8', 1, 2)")).text).toBe('2\n');
    expect(
      (await send('CREATE TABLE r (a UInt8) ENGINE = ReplacingMergeTree ORDER BY a')).status,
    ).toBe(200);
  });
});

describe('requests that are refused', () => {
  test.each([
    ['several statements', 'SELECT 1; SELECT 2', '/', 400, '62'],
    ['an empty statement', ' ; ', '/', 400, '62'],
    ['a role', 'SELECT 1', '/?role=admin', 404, '511'],
    ['a key that is no setting', 'SELECT 1', '/?a%20b=1', 404, '115'],
    ['ClickHouse’s own compression', 'SELECT 1', '/?compress=1', 501, '48'],
    ['a statement that is too long', `SELECT '${'x'.repeat(300_000)}'`, '/', 400, '62'],
    ['a session timeout that is none', 'SELECT 1', '/?session_id=a&session_timeout=x', 500, '374'],
    ['a session that must exist', 'SELECT 1', '/?session_id=nope&session_check=1', 500, '372'],
  ])('%s', async (_, body, path, status, expected) => {
    expect(code(await send(body, { path }))).toEqual([status, expected]);
  });

  test('an unknown path and method', async () => {
    expect((await send('SELECT 1', { path: '/nope' })).status).toBe(404);
    expect((await send('SELECT 1', { method: 'PUT' })).status).toBe(405);
  });

  test('an unknown encoding, and bytes that are not what they claim', async () => {
    const encoded = (encoding: string): Promise<RawAnswer> =>
      send('SELECT 1', { headers: { ...OWNER, 'content-encoding': encoding } });
    expect(code(await encoded('zstd'))[1]).toBe('89');
    expect(code(await encoded('gzip'))[1]).toBe('354');
  });

  test('gzip, deflate and br are understood', async () => {
    for (const [encoding, pack] of [
      ['gzip', gzipSync],
      ['deflate', deflateSync],
      ['br', brotliCompressSync],
    ] as const) {
      const answer = await send(pack(Buffer.from('SELECT 7')), {
        headers: { ...OWNER, 'content-encoding': encoding },
      });
      expect(answer.text).toBe('7\n');
    }
  });

  test('a body over the limit, also when it only unpacks to that; the file is gone', async () => {
    const path = `/?query=${encodeURIComponent('INSERT INTO t FORMAT JSONEachRow')}`;
    const large = Buffer.alloc(9 * MIB, '{"a":1}\n');
    expect(code(await send([large.subarray(0, MIB), large], { path }))).toEqual([413, '229']);
    const packed = await send(gzipSync(large), {
      path,
      headers: { ...OWNER, 'content-encoding': 'gzip' },
    });
    expect(code(packed)).toEqual([413, '229']);
    expect(spooled()).toEqual([]);
  });

  test('a failed insert leaves no file and no trace of it in the message', async () => {
    const answer = await send('INSERT INTO t FORMAT JSONEachRow {"a":"x"}');
    expect(code(answer)).toEqual([400, '27']);
    expect(answer.text).not.toContain('INFILE');
    expect(spooled()).toEqual([]);
  });

  test('wait_end_of_query holds the result back, up to a limit', async () => {
    const path = '/?wait_end_of_query=1';
    const late = await send('SELECT throwIf(number = 100000) FROM numbers(200000)', { path });
    expect(code(late)).toEqual([500, '395']);
    const answer = await send('SELECT number FROM numbers(100000)', { path });
    expect(answer.headers['x-clickhouse-summary']).toContain('"result_rows":"100000"');
    expect(code(await send('SELECT number FROM numbers(1000000)', { path }))[1]).toBe('396');
  });

  test('the third session', async () => {
    for (const id of ['s1', 's2', 's3', 's4'])
      await send('SELECT 1', { path: `/?session_id=${id}&session_timeout=1` });
    const answer = await send('SELECT 1', { path: '/?session_id=s5&session_timeout=1' });
    expect(code(answer)[1]).toBe('202');
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
    expect(answers.map((answer) => code(answer)[1] ?? 'ok').sort()).toEqual([
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
    const running = [send('SELECT sleep(3)'), send('SELECT sleep(3)')];
    await sleep(50);
    expect(code(await send('SELECT 1'))).toEqual([500, '202']);
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
      `POST /?max_execution_time=1 HTTP/1.1\r\nHost: x\r\nAuthorization: ${OWNER.authorization}\r\nContent-Length: ${sql.length}\r\n\r\n${sql}`,
    );
    socket.pause();
    await until(() => (engine.engine.usage?.runningQueries ?? 0) === 1);
    await until(() => engine.engine.usage?.runningQueries === 0, 10_000);
    socket.destroy();
  });

  test('an insert that stops in the middle holds no slot and leaves nothing', async () => {
    const gone = new AbortController();
    const stopped = rawHttp(engine.url, {
      path: `/?query=${encodeURIComponent('INSERT INTO t FORMAT JSONEachRow')}`,
      headers: { ...OWNER, 'content-length': 1_000 },
      body: Buffer.from('{"a":4242}\n'),
      signal: gone.signal,
    });
    await sleep(100);
    gone.abort();
    await expect(stopped).rejects.toThrow();
    expect((await send('SELECT count() FROM t WHERE a = 4242')).text).toBe('0\n');
  });
});

test('external sources can be allowed', async () => {
  const open = await startEngine({ externalSources: true });
  try {
    const path = join(tmpdir(), `plumbline-external-${process.pid}.csv`);
    writeFileSync(path, '1\n2\n');
    const answer = await rawHttp(open.url, {
      path: '/',
      body: `SELECT count() FROM file('${path}', 'CSV', 'a UInt8')`,
    });
    expect(answer.text).toBe('2\n');
  } finally {
    await open.stop();
  }
});

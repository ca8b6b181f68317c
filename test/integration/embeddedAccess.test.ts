import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEngine } from '../support/engine';
import type { TestEngine } from '../support/engine';
import { answerCode, basicAuth, rawHttp } from '../support/rawHttp';
import type { RawAnswer, RawRequest } from '../support/rawHttp';

/** Who may do what on the embedded engine. */
let engine: TestEngine;

beforeAll(async () => {
  engine = await startEngine({
    users: [
      { name: 'default', password: 'sesam', readOnly: false },
      { name: 'grafana', password: 'p:w', readOnly: true },
    ],
  });
  await send('CREATE TABLE t (a UInt32, s String) ENGINE = MergeTree ORDER BY a');
});
afterAll(() => engine.stop());

const OWNER = basicAuth('default', 'sesam');
const READER = basicAuth('grafana', 'p:w');

const send = (body: RawRequest['body'], rest: Partial<RawRequest> = {}): Promise<RawAnswer> =>
  rawHttp(engine.url, { path: '/', headers: OWNER, ...(body !== undefined && { body }), ...rest });

describe('users', () => {
  test.each([
    ['a wrong password', basicAuth('default', 'sesame')],
    ['no password', {}],
    ['an unknown user', basicAuth('nobody', 'sesam')],
    ['a wrong key header', { 'x-clickhouse-user': 'grafana', 'x-clickhouse-key': 'x' }],
  ])('%s is 401 with code 516', async (_, headers) => {
    const answer = await send('SELECT 1', { headers });
    expect(answerCode(answer)).toEqual([401, '516']);
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
    expect(answerCode(await send(sql, { headers: READER }))[1]).toBe('164');
  });

  test('GET reads only, whoever sends it', async () => {
    const get = (sql: string): Promise<RawAnswer> =>
      send(undefined, { method: 'GET', path: `/?query=${encodeURIComponent(sql)}` });
    expect((await get('SELECT 1 AS x FORMAT JSONCompact')).text).toContain('[1]');
    expect(answerCode(await get('DROP TABLE t'))[1]).toBe('164');
    expect(answerCode(await get("INSERT INTO t VALUES (1, 'x')"))[1]).toBe('164');
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
    "CREATE TABLE f (a UInt8) ENGINE = MergeTree ORDER BY a SETTINGS disk = disk(type = 'local', path = '/tmp/x/')",
    `SELECT "\\x66ile"('/etc/passwd')`,
    "ATTACH TABLE f FROM '/tmp/x' (a UInt8) ENGINE = MergeTree ORDER BY a",
    '/* */ SYSTEM SHUTDOWN',
    "BACKUP TABLE t TO File('/tmp/x')",
    "INSERT INTO t FROM INFILE '/etc/passwd' FORMAT CSV",
  ])('%s', async (sql) => {
    expect(answerCode(await send(sql))).toEqual([403, '497']);
  });

  test('INTO OUTFILE has a code of its own', async () => {
    expect(answerCode(await send("SELECT 1 INTO OUTFILE '/tmp/x' FORMAT CSV"))[1]).toBe('358');
  });

  test('what only computes is allowed', async () => {
    expect((await send('SELECT count() FROM numbers(3) AS file')).text).toBe('3\n');
    expect((await send("SELECT count() FROM values('a UInt8', 1, 2)")).text).toBe('2\n');
    expect(
      (await send('CREATE TABLE r (a UInt8) ENGINE = ReplacingMergeTree ORDER BY a')).status,
    ).toBe(200);
  });
});

test('external sources can be allowed', async () => {
  const open = await startEngine({ externalSources: true });
  try {
    const path = join(open.path, 'rows.csv');
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

test('an engine that others can reach needs users', async () => {
  await expect(startEngine({ host: '0.0.0.0' })).rejects.toThrow(/open to everybody on 0\.0\.0\.0/);
});

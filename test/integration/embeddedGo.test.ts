import { startEngine } from '../support/engine';
import type { TestEngine } from '../support/engine';
import { rawHttp } from '../support/rawHttp';
import type { RawAnswer } from '../support/rawHttp';

/**
 * What clickhouse-go sends over HTTP, written out: as Grafana's ClickHouse data source (clickhouse-go 2.47.0) and as the
 * OpenTelemetry Collector's ClickHouse exporter (0.161.0) use it. Both read the hello block at revision 54460 and
 * everything after it at the revision told in there.
 */
let engine: TestEngine;

beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

const GRAFANA = {
  'accept-encoding': 'gzip',
  authorization: `Basic ${Buffer.from('default:').toString('base64')}`,
  'user-agent': 'grafana/12.4.0 clickhouse-go/2.47.0 (grafana_user:admin; lv:go/1.26; os:linux)',
};
const grafana = (body: string, keys = 'max_execution_time=64'): Promise<RawAnswer> =>
  rawHttp(engine.url, {
    path: `/?client_protocol_version=54460&database=default&default_format=Native&${keys}`,
    headers: GRAFANA,
    body,
  });

const version = (): string => {
  const [started] = engine.events;
  return started?.name === 'started' ? started.version : '';
};

const varText = (value: string): Buffer =>
  Buffer.concat([Buffer.from([value.length]), Buffer.from(value)]);

/** A column of a Native block at revision 0. */
const column = (name: string, type: string, data: Buffer): Buffer =>
  Buffer.concat([varText(name), varText(type), data]);

describe('Grafana', () => {
  test('connects: the hello block at its own revision, telling revision 0', async () => {
    const answer = await grafana(
      'SELECT displayName(), version(), revision(), timezone()',
      'max_execution_time=14',
    );
    const helloColumn = (name: string, type: string, data: Buffer): Buffer =>
      Buffer.concat([varText(name), varText(type), Buffer.from([0]), data]);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(
      Buffer.concat([
        Buffer.from([1, 0, 2, 255, 255, 255, 255, 0, 4, 1]),
        helloColumn('displayName()', 'String', varText('plumbline')),
        helloColumn('version()', 'String', varText(version())),
        helloColumn('revision()', 'UInt32', Buffer.from([0, 0, 0, 0])),
        helloColumn(
          'timezone()',
          'String',
          varText(String(answer.headers['x-clickhouse-timezone'])),
        ),
      ]),
    );
  });

  test('tries the connection: a column named 1, block at revision 0', async () => {
    const answer = await grafana('SELECT 1', 'max_execution_time=14');
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.body).toEqual(
      Buffer.concat([Buffer.from([1, 1]), column('1', 'UInt8', Buffer.from([1]))]),
    );
  });

  test('an empty result is no bytes at all', async () => {
    const answer = await grafana('SELECT 1 WHERE 0');
    expect([answer.status, answer.body.length]).toEqual([200, 0]);
  });

  test('large results come as several blocks', async () => {
    const answer = await grafana(
      'SELECT number FROM numbers(200000) SETTINGS max_block_size = 65536',
    );
    const last = Buffer.alloc(8);
    last.writeBigUInt64LE(199_999n);
    expect(answer.body.length).toBeGreaterThan(1_600_000);
    expect(answer.body.subarray(-8)).toEqual(last);
  });

  test('an error keeps the words that mark it as the database’s', async () => {
    const answer = await grafana('SELECT * FROM nope');
    expect(answer.status).toBe(404);
    expect(answer.headers['x-clickhouse-exception-code']).toBe('60');
    expect(answer.text).toMatch(
      /^Code: 60\. DB::Exception: .*\(UNKNOWN_TABLE\) \(version [\d.]+ \(official build\)\)\n$/,
    );
  });

  test('an error after the first block comes as a trailer of the stream', async () => {
    const answer = await grafana(
      'SELECT number, throwIf(number = 2900000) FROM numbers(3000000) SETTINGS max_block_size = 65536',
    );
    const tag = String(answer.headers['x-clickhouse-exception-tag']);
    expect(answer.status).toBe(200);
    expect(tag).toMatch(/^[0-9a-f]{16}$/);
    const end = answer.body.subarray(answer.body.indexOf('\r\n__exception__\r\n')).toString();
    const found = new RegExp(
      `^\r\n__exception__\r\n${tag}\r\n(Code: 395\\. DB::Exception: [^]*\n)(\\d+) ${tag}\r\n__exception__\r\n$`,
    ).exec(end);
    expect(Buffer.byteLength(found![1]!)).toBe(Number(found![2]));
  });

  test('its deadline ends the query', async () => {
    const answer = await grafana(
      'SELECT sum(sipHash64(number)) FROM numbers(100000000000)',
      'max_execution_time=1',
    );
    expect([answer.status, answer.headers['x-clickhouse-exception-code']]).toEqual([408, '159']);
  });

  test('a FORMAT that it cannot decode is refused, several statements too', async () => {
    const format = await grafana('SELECT 1 FORMAT JSON');
    expect([format.status, format.headers['x-clickhouse-exception-code']]).toEqual([400, '36']);
    const several = await grafana('SELECT 1; SELECT 2');
    expect([several.status, several.headers['x-clickhouse-exception-code']]).toEqual([400, '62']);
    expect((await grafana('SELECT 1 AS x FORMAT Native;')).status).toBe(200);
  });

  test('a custom setting readonly=2 forbids writing, although max_execution_time comes with it', async () => {
    const keys = 'max_execution_time=64&readonly=2';
    expect((await grafana('SELECT 1', keys)).status).toBe(200);
    const answer = await grafana('CREATE TABLE never (a UInt8) ENGINE = Memory', keys);
    expect([answer.status, answer.headers['x-clickhouse-exception-code']]).toEqual([500, '164']);
  });
});

describe('the Collector’s ClickHouse exporter', () => {
  const keys =
    'async_insert=1&client_protocol_version=54460&database=default&default_format=Native&max_execution_time=65';
  const headers = {
    authorization: `Basic ${Buffer.from('default:').toString('base64')}`,
    'user-agent': 'otelcol/0.161.0 clickhouse-go/2.47.0 (lv:go/1.26; os:linux)',
  };

  test('hello, DESCRIBE TABLE, chunked insert of Native blocks', async () => {
    await engine.client.command({
      query:
        'CREATE TABLE "default"."otel_small" (Name LowCardinality(String), Value UInt8) ENGINE = MergeTree ORDER BY Name',
    });
    const hello = await rawHttp(engine.url, {
      path: `/?${keys}`,
      headers,
      body: 'SELECT displayName(), version(), revision(), timezone()',
    });
    expect(hello.body.subarray(0, 10)).toEqual(Buffer.from([1, 0, 2, 255, 255, 255, 255, 0, 4, 1]));

    const describe = await rawHttp(engine.url, {
      path: `/?${keys}`,
      headers,
      body: 'DESCRIBE TABLE "default"."otel_small"',
    });
    // Seven columns, two rows, and the first of them.
    expect(describe.body.subarray(0, 2)).toEqual(Buffer.from([7, 2]));
    const names = column('name', 'String', Buffer.concat([varText('Name'), varText('Value')]));
    expect(describe.body.subarray(2, 2 + names.length)).toEqual(names);

    const block = (texts: string[]): Buffer =>
      Buffer.concat([
        Buffer.from([2, texts.length]),
        column('Name', 'String', Buffer.concat(texts.map(varText))),
        column('Value', 'UInt8', Buffer.alloc(texts.length, 10)),
      ]);
    const insert = 'INSERT INTO "default"."otel_small" ("Name", "Value") FORMAT Native';
    const answer = await rawHttp(engine.url, {
      path: `/?${keys}&query=${encodeURIComponent(insert)}`,
      headers: { ...headers, 'content-type': 'application/octet-stream' },
      body: [block(['a', '\n\n']), block(['c'])],
    });
    expect([answer.status, answer.text]).toEqual([200, '']);
    const stored = await engine.client.query({
      query: 'SELECT groupArray(Name) AS names, sum(Value) AS total FROM otel_small',
      format: 'JSONEachRow',
    });
    expect(await stored.json()).toEqual([
      { names: expect.arrayContaining(['a', '\n\n', 'c']) as unknown, total: 30 },
    ]);
  });

  test('its default compression is refused with what to do', async () => {
    const answer = await rawHttp(engine.url, {
      path: `/?${keys}&compress=1&decompress=1`,
      headers,
      body: 'SELECT displayName(), version(), revision(), timezone()',
    });
    expect([answer.status, answer.headers['x-clickhouse-exception-code']]).toEqual([501, '48']);
    expect(answer.text).toMatch(/LZ4.*compress: none.*\(NOT_IMPLEMENTED\)/);
  });
});

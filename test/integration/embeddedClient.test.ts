import { Readable } from 'node:stream';
import { createClient, ClickHouseError } from '@clickhouse/client';
import type { ClickHouseClient, DataFormat } from '@clickhouse/client';
import { startEngine } from '../support/engine';
import type { TestEngine } from '../support/engine';

/** The embedded engine as `@clickhouse/client` sees it, which must not know the difference. */
let engine: TestEngine;
let client: ClickHouseClient;
let gzipped: ClickHouseClient;

beforeAll(async () => {
  engine = await startEngine();
  client = engine.client;
  gzipped = createClient({ url: engine.url, compression: { request: true, response: true } });
  await client.command({
    query: `CREATE TABLE t (a UInt32, s String, m Map(LowCardinality(String), String))
            ENGINE = MergeTree ORDER BY a`,
  });
});

afterAll(async () => {
  await gzipped.close();
  await engine.stop();
});

const rows = async <T>(
  query: string,
  params: Record<string, unknown> = {},
  some = client,
): Promise<T[]> => {
  const result = await some.query({ query, query_params: params, format: 'JSONEachRow' });
  return result.json<T>();
};

const failure = async (work: Promise<unknown>): Promise<ClickHouseError> => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ClickHouseError);
  return error as ClickHouseError;
};

describe('reading', () => {
  test('both kinds of ping', async () => {
    expect(await client.ping()).toMatchObject({ success: true });
    expect(await client.ping({ select: true })).toMatchObject({ success: true });
  });

  test.each<DataFormat>(['JSON', 'JSONObjectEachRow', 'JSONStrings', 'JSONCompact'])(
    '%s as one document',
    async (format) => {
      const result = await client.query({ query: 'SELECT number AS n FROM numbers(3)', format });
      expect(JSON.stringify(await result.json())).toContain('2');
    },
  );

  test.each<DataFormat>(['JSONEachRow', 'JSONCompactEachRow', 'JSONCompactEachRowWithNames'])(
    '%s as a stream',
    async (format) => {
      const result = await client.query({
        query: 'SELECT number AS n FROM numbers(100000)',
        format,
      });
      let count = 0;
      for await (const chunk of result.stream()) count += (chunk as unknown[]).length;
      expect(count).toBe(format === 'JSONCompactEachRowWithNames' ? 100_001 : 100_000);
    },
  );

  test.each<DataFormat>(['CSV', 'CSVWithNames', 'TabSeparated', 'TabSeparatedWithNamesAndTypes'])(
    '%s as text',
    async (format) => {
      const result = await client.query({ query: "SELECT 7 AS n, 'x' AS s", format });
      expect(await result.text()).toMatch(/7[,\t]"?x"?\n$/);
    },
  );

  test('Parquet', async () => {
    const result = await client.exec({ query: 'SELECT 1 FORMAT Parquet' });
    const chunks: Buffer[] = [];
    for await (const chunk of result.stream) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).subarray(0, 4).toString()).toBe('PAR1');
  });

  test('the summary and the query id come back', async () => {
    const result = await client.query({ query: 'SELECT 1', query_id: 'my-id', format: 'JSON' });
    expect(result.query_id).toBe('my-id');
    expect(result.response_headers['x-clickhouse-summary']).toContain('"result_rows":"1"');
    await result.json();
  });

  test('a million rows arrive whole, and at once', async () => {
    const result = await client.query({
      query: 'SELECT number AS n FROM numbers(1000000)',
      format: 'JSONEachRow',
    });
    let count = 0;
    let sum = 0;
    for await (const chunk of result.stream<{ n: number }>())
      for (const row of chunk) {
        count += 1;
        sum += row.json<{ n: number }>().n;
      }
    expect([count, sum]).toEqual([1_000_000, 499_999_500_000]);
  });

  test('gzip in both directions', async () => {
    const result = await gzipped.query({
      query: 'SELECT number AS n FROM numbers(100000)',
      format: 'JSONEachRow',
    });
    expect(result.response_headers['content-encoding']).toBe('gzip');
    expect(await result.json()).toHaveLength(100_000);
  });

  test('UTF-8 survives in statement and result', async () => {
    expect(await rows("SELECT 'Übergröße 模型 🎯' AS s")).toEqual([{ s: 'Übergröße 模型 🎯' }]);
  });

  test('EXPLAIN, SHOW, DESCRIBE and EXISTS have results', async () => {
    expect(await rows('EXISTS TABLE t')).toEqual([{ result: 1 }]);
    expect(await rows('DESCRIBE TABLE t')).toHaveLength(3);
    expect(await rows('SHOW TABLES')).toEqual([{ name: 't' }]);
    expect(await rows('EXPLAIN indexes = 1 SELECT a FROM t WHERE a = 1')).not.toHaveLength(0);
    expect((await rows<{ statement: string }>('SHOW CREATE TABLE t'))[0]!.statement).toContain(
      'MergeTree',
    );
  });

  test('a FORMAT and a SETTINGS clause in the statement', async () => {
    const answer = await client.exec({
      query: 'SELECT 1 AS x FORMAT JSONCompact SETTINGS max_threads = 1 -- end',
    });
    const text = await new Response(Readable.toWeb(answer.stream) as ReadableStream).json();
    expect(text).toMatchObject({ data: [[1]] });
  });
});

describe('what a request brings along', () => {
  test('parameters of all kinds', async () => {
    const params = {
      a: 41,
      s: "O'Re\\il\nly\tä",
      d: new Date('2024-01-01T00:00:00Z'),
      list: ['x', "y'z", 'a\\b'],
      map: { k: 'v' },
      nothing: null,
      name: 'numbers',
    };
    const query = `SELECT {a:UInt32} + 1 AS a, {s:String} AS s, {d:DateTime('UTC')} AS d, {list:Array(String)} AS list,
                   {map:Map(String, String)} AS map, {nothing:Nullable(String)} AS nothing`;
    expect(await rows(query, params)).toEqual([
      {
        a: 42,
        s: params.s,
        d: '2024-01-01 00:00:00',
        list: params.list,
        map: params.map,
        nothing: null,
      },
    ]);
  });

  test('a parameter does not stay for the next request', async () => {
    await rows('SELECT {secret:String} AS s', { secret: 'mine' });
    const error = await failure(rows('SELECT {secret:String} AS s'));
    expect(error).toMatchObject({ code: '456', type: 'UNKNOWN_QUERY_PARAMETER' });
  });

  test('a setting counts for its request only', async () => {
    const threads = async (settings: Record<string, number>): Promise<unknown> => {
      const result = await client.query({
        query: "SELECT getSetting('max_threads') AS t, getSetting('max_block_size') AS b",
        clickhouse_settings: settings,
        format: 'JSONEachRow',
      });
      return (await result.json())[0];
    };
    const before = await threads({});
    expect(await threads({ max_threads: 1, max_block_size: 77 })).toEqual({ t: 1, b: 77 });
    for (let index = 0; index < 20; index += 1) expect(await threads({})).toEqual(before);
  });

  test('what a SET, USE or temporary table leaves behind is gone with its request', async () => {
    await client.command({ query: 'SET max_block_size = 99' });
    await client.command({ query: 'USE system' });
    await client.command({ query: 'CREATE TEMPORARY TABLE tt (a UInt8)' });
    for (let index = 0; index < 5; index += 1)
      expect(
        await rows("SELECT currentDatabase() AS d, getSetting('max_block_size') != 99 AS b"),
      ).toEqual([{ d: 'default', b: 1 }]);
    expect(await failure(rows('SELECT * FROM tt'))).toMatchObject({ code: '60' });
  });

  test('the run time is capped, and can be asked for', async () => {
    const limit = async (settings: Record<string, number>): Promise<unknown> => {
      const result = await client.query({
        query: "SELECT getSetting('max_execution_time') AS t",
        clickhouse_settings: settings,
        format: 'JSONEachRow',
      });
      return (await result.json<{ t: unknown }>())[0]!.t;
    };
    expect(Number(await limit({}))).toBe(600);
    expect(Number(await limit({ max_execution_time: 5 }))).toBe(5);
    expect(Number(await limit({ max_execution_time: 0 }))).toBe(600);
    expect(Number(await limit({ max_execution_time: 9999 }))).toBe(600);
  });

  test('a database', async () => {
    await client.command({ query: 'CREATE DATABASE other' });
    const other = createClient({ url: engine.url, database: 'other' });
    await other.command({ query: 'CREATE TABLE z (a UInt8) ENGINE = Memory' });
    expect(await rows("SELECT database FROM system.tables WHERE name = 'z'")).toEqual([
      { database: 'other' },
    ]);
    await other.close();
    const nowhere = createClient({ url: engine.url, database: 'nowhere' });
    expect(await failure(nowhere.query({ query: 'SELECT 1' }))).toMatchObject({ code: '81' });
    await nowhere.close();
  });

  test('a session keeps temporary tables and SETs, and its requests wait for each other', async () => {
    const session = createClient({ url: engine.url, session_id: 'abc' });
    await session.command({ query: 'CREATE TEMPORARY TABLE kept (a UInt8)' });
    await session.insert({ table: 'kept', values: [{ a: 1 }], format: 'JSONEachRow' });
    await session.command({ query: 'SET max_block_size = 99' });
    const read = async (settings = {}): Promise<unknown> =>
      (
        await session.query({
          query: "SELECT count() AS c, getSetting('max_block_size') AS b FROM kept",
          clickhouse_settings: settings,
          format: 'JSONEachRow',
        })
      ).json();
    expect(await read({ max_block_size: 50 })).toEqual([{ c: 1, b: 50 }]);
    const together = await Promise.all(Array.from({ length: 10 }, () => read()));
    expect(new Set(together.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify([{ c: 1, b: 99 }])]),
    );
    await session.close();
  });

  test('forty at a time, none mixed up', async () => {
    const wrong: unknown[] = [];
    const wide = createClient({ url: engine.url, max_open_connections: 40 });
    const one = async (index: number): Promise<void> => {
      for (let turn = 0; turn < 5; turn += 1) {
        const x = index * 100 + turn;
        const [row] = await rows<{ x: number }>('SELECT {x:UInt32} AS x', { x }, wide);
        if (row!.x !== x) wrong.push(row);
      }
    };
    await Promise.all(Array.from({ length: 40 }, (_, index) => one(index)));
    await wide.close();
    expect(wrong).toEqual([]);
  });
});

describe('inserting', () => {
  const count = async (where: string): Promise<number> =>
    (await rows<{ c: number }>(`SELECT count() AS c FROM t WHERE ${where}`))[0]!.c;

  test('rows, whatever bytes are in them', async () => {
    const values = [
      { a: 1, s: 'x\n\ny', m: { k: 'v' } },
      { a: 2, s: "b;\n'--\\", m: {} },
    ];
    const result = await client.insert({ table: 't', values, format: 'JSONEachRow' });
    expect(result.executed).toBe(true);
    expect(result.summary).toMatchObject({ written_rows: '2' });
    expect(await rows('SELECT * FROM t WHERE a < 3 ORDER BY a')).toEqual(values);
  });

  test('a gzipped stream', async () => {
    const values = Readable.from(
      Array.from({ length: 10_000 }, (_, index) => ({ a: index + 10_000, s: `s${index}` })),
    );
    await gzipped.insert({ table: 't', values, format: 'JSONEachRow' });
    expect(await count('a BETWEEN 10000 AND 19999')).toBe(10_000);
  });

  test('some columns, compact', async () => {
    await client.insert({
      table: 't',
      columns: ['a', 's'],
      values: [[5, 'q']],
      format: 'JSONCompactEachRow',
    });
    expect(await rows('SELECT a, s FROM t WHERE a = 5')).toEqual([{ a: 5, s: 'q' }]);
  });

  test('CSV as a stream, with an empty line inside quotes', async () => {
    await client.insert({
      table: 't (a, s)',
      values: Readable.from(['6,"one\n\ntwo"\n'], { objectMode: false }),
      format: 'CSV',
    });
    expect(await rows('SELECT s FROM t WHERE a = 6')).toEqual([{ s: 'one\n\ntwo' }]);
  });

  test('VALUES in the statement', async () => {
    await client.command({
      query: "INSERT INTO t (a, s) VALUES (7, concat('a\n\n', 'b')), (8, 'c');",
    });
    expect(await rows('SELECT s FROM t WHERE a IN (7, 8) ORDER BY a')).toEqual([
      { s: 'a\n\nb' },
      { s: 'c' },
    ]);
  });

  test('INSERT … SELECT', async () => {
    await client.command({ query: 'INSERT INTO t (a) SELECT number + 50000 FROM numbers(100)' });
    expect(await count('a >= 50000')).toBe(100);
  });

  test('Native blocks with every byte, empty lines too', async () => {
    await client.command({ query: 'CREATE TABLE bytes (a UInt8, b UInt8) ENGINE = Memory' });
    const every = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    const text = (value: string): Buffer =>
      Buffer.concat([Buffer.from([value.length]), Buffer.from(value)]);
    // 256 as a varint is 80 02; the second column is nothing but line ends.
    const block = Buffer.concat([
      Buffer.from([2, 0x80, 2]),
      text('a'),
      text('UInt8'),
      every,
      text('b'),
      text('UInt8'),
      Buffer.alloc(256, 10),
    ]);
    const answer = await client.exec({
      query: 'INSERT INTO bytes FORMAT Native',
      values: Readable.from([block.subarray(0, 100), block.subarray(100)], { objectMode: false }),
    });
    answer.stream.resume();
    expect(
      await rows('SELECT count() AS c, sum(a) AS s, min(b) AS low, max(b) AS high FROM bytes'),
    ).toEqual([{ c: 256, s: 32640, low: 10, high: 10 }]);
  });

  test('an insert into a session temporary table of another session is not seen', async () => {
    const error = await failure(
      client.insert({ table: 'kept', values: [{ a: 1 }], format: 'JSONEachRow' }),
    );
    expect(error.code).toBe('60');
  });
});

describe('errors are typed and carry codes', () => {
  test.each([
    ['selec 1', '62', 'SYNTAX_ERROR'],
    ['SELECT * FROM nope', '60', 'UNKNOWN_TABLE'],
    ['SELECT nope', '47', 'UNKNOWN_IDENTIFIER'],
    ['SELECT nope(1)', '46', 'UNKNOWN_FUNCTION'],
    ['DROP TABLE nope', '60', 'UNKNOWN_TABLE'],
    ['SELECT 1; SELECT 2', '62', 'SYNTAX_ERROR'],
    ["SELECT 'open", '62', 'SYNTAX_ERROR'],
    [
      "SELECT throwIf(number = 3, 'told so') FROM numbers(10)",
      '395',
      'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO',
    ],
    ['INSERT INTO nope (a) SELECT 1', '60', 'UNKNOWN_TABLE'],
  ])('%s', async (query, code, type) => {
    const error = await failure(
      client.query({ query, format: 'JSONEachRow' }).then((result) => result.json()),
    );
    expect(error).toMatchObject({ code, type });
    expect(error.message).not.toMatch(/OUTFILE|Query failed/);
  });

  test('a bad row', async () => {
    const values = [{ a: 'zzz' }];
    expect(
      await failure(client.insert({ table: 't', values, format: 'JSONEachRow' })),
    ).toMatchObject({ code: '27' });
  });

  test('a setting that does not exist, or has a wrong value', async () => {
    const settings = (clickhouse_settings: Record<string, string>): Promise<unknown> =>
      client.query({ query: 'SELECT 1', clickhouse_settings });
    expect(await failure(settings({ nope_x: '1' }))).toMatchObject({
      code: '115',
      type: 'UNKNOWN_SETTING',
    });
    expect((await failure(settings({ max_threads: 'many' }))).code).toBe('27');
  });

  test('after rows were delivered', async () => {
    for (const some of [client, gzipped]) {
      const result = await some.query({
        query:
          'SELECT throwIf(number = 300000) AS x, number FROM numbers(1000000) SETTINGS max_block_size = 10000',
        format: 'JSONEachRow',
      });
      let delivered = 0;
      const read = async (): Promise<void> => {
        for await (const chunk of result.stream()) delivered += chunk.length;
      };
      expect(await failure(read())).toMatchObject({ code: '395' });
      expect(delivered).toBeGreaterThan(100_000);
    }
  });

  test('a statement over its time', async () => {
    const error = await failure(
      client.query({
        query: 'SELECT sum(sipHash64(number)) FROM numbers(100000000000)',
        clickhouse_settings: { max_execution_time: 1 },
      }),
    );
    expect(error).toMatchObject({ code: '159', type: 'TIMEOUT_EXCEEDED' });
  });

  test('a statement over the memory', async () => {
    const error = await failure(
      client.query({
        query: 'SELECT groupArray(number) FROM numbers(1000000000)',
        format: 'JSONEachRow',
      }),
    );
    expect(error).toMatchObject({ code: '241', type: 'MEMORY_LIMIT_EXCEEDED' });
  });
});

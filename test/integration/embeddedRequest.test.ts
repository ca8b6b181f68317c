import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import type { ClickHouseClient } from '@clickhouse/client';
import { clickHouseFailure, rowsOf } from '../support/clickHouse';
import { startEngine } from '../support/engine';
import type { TestEngine } from '../support/engine';

/** What a request to the embedded engine brings along: parameters, settings, database, session; none leaks. */
let engine: TestEngine;
let client: ClickHouseClient;

beforeAll(async () => {
  engine = await startEngine();
  client = engine.client;
  await client.command({
    query: `CREATE TABLE t (a UInt32, s String, m Map(LowCardinality(String), String))
            ENGINE = MergeTree ORDER BY a`,
  });
});

afterAll(async () => {
  await engine.stop();
});

const rows = <T>(query: string, params: Record<string, unknown> = {}): Promise<T[]> =>
  rowsOf<T>(client, query, params);

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
    const error = await clickHouseFailure(rows('SELECT {secret:String} AS s'));
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
    expect(await clickHouseFailure(rows('SELECT * FROM tt'))).toMatchObject({ code: '60' });
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
    const other = createClient({
      url: engine.url,
      log: { level: ClickHouseLogLevel.OFF },
      database: 'other',
    });
    await other.command({ query: 'CREATE TABLE z (a UInt8) ENGINE = Memory' });
    expect(await rows("SELECT database FROM system.tables WHERE name = 'z'")).toEqual([
      { database: 'other' },
    ]);
    await other.close();
    const nowhere = createClient({
      url: engine.url,
      log: { level: ClickHouseLogLevel.OFF },
      database: 'nowhere',
    });
    expect(await clickHouseFailure(nowhere.query({ query: 'SELECT 1' }))).toMatchObject({
      code: '81',
    });
    await nowhere.close();
  });

  test('a session keeps temporary tables and SETs, and its requests wait for each other', async () => {
    const session = createClient({
      url: engine.url,
      log: { level: ClickHouseLogLevel.OFF },
      session_id: 'abc',
    });
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
    const wide = createClient({
      url: engine.url,
      log: { level: ClickHouseLogLevel.OFF },
      max_open_connections: 40,
    });
    const one = async (index: number): Promise<void> => {
      for (let turn = 0; turn < 5; turn += 1) {
        const x = index * 100 + turn;
        const [row] = await rowsOf<{ x: number }>(wide, 'SELECT {x:UInt32} AS x', { x });
        if (row!.x !== x) wrong.push(row);
      }
    };
    await Promise.all(Array.from({ length: 40 }, (_, index) => one(index)));
    await wide.close();
    expect(wrong).toEqual([]);
  });
});

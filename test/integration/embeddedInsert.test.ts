import { Readable } from 'node:stream';
import type { ClickHouseClient } from '@clickhouse/client';
import { clickHouseFailure, rowsOf } from '../support/clickHouse';
import { startClients } from '../support/engineClients';
import type { EngineClients } from '../support/engineClients';

/** Inserting into the embedded engine with `@clickhouse/client`. */
let clients: EngineClients;
let client: ClickHouseClient;
let gzipped: ClickHouseClient;

beforeAll(async () => {
  clients = await startClients();
  ({ client, gzipped } = clients);
});

afterAll(() => clients.stop());

const rows = <T>(query: string, params: Record<string, unknown> = {}): Promise<T[]> =>
  rowsOf<T>(client, query, params);

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
    const error = await clickHouseFailure(
      client.insert({ table: 'kept', values: [{ a: 1 }], format: 'JSONEachRow' }),
    );
    expect(error.code).toBe('60');
  });
});

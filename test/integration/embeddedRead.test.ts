import { Readable } from 'node:stream';
import type { ClickHouseClient, DataFormat } from '@clickhouse/client';
import { rowsOf } from '../support/clickHouse';
import { startClients } from '../support/engineClients';
import type { EngineClients } from '../support/engineClients';

/** Reading from the embedded engine with `@clickhouse/client`, which must not know the difference to a server. */
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

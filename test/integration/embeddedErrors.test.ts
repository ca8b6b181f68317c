import type { ClickHouseClient } from '@clickhouse/client';
import { clickHouseFailure } from '../support/clickHouse';
import { startClients } from '../support/engineClients';
import type { EngineClients } from '../support/engineClients';

/** Errors of the embedded engine reach `@clickhouse/client` typed and with their codes. */
let clients: EngineClients;
let client: ClickHouseClient;
let gzipped: ClickHouseClient;

beforeAll(async () => {
  clients = await startClients();
  ({ client, gzipped } = clients);
});

afterAll(() => clients.stop());

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
    const error = await clickHouseFailure(
      client.query({ query, format: 'JSONEachRow' }).then((result) => result.json()),
    );
    expect(error).toMatchObject({ code, type });
    expect(error.message).not.toMatch(/OUTFILE|Query failed/);
  });

  test('a bad row', async () => {
    const values = [{ a: 'zzz' }];
    expect(
      await clickHouseFailure(client.insert({ table: 't', values, format: 'JSONEachRow' })),
    ).toMatchObject({ code: '27' });
  });

  test('a setting that does not exist, or has a wrong value', async () => {
    const settings = (clickhouse_settings: Record<string, string>): Promise<unknown> =>
      client.query({ query: 'SELECT 1', clickhouse_settings });
    expect(await clickHouseFailure(settings({ nope_x: '1' }))).toMatchObject({
      code: '115',
      type: 'UNKNOWN_SETTING',
    });
    expect((await clickHouseFailure(settings({ max_threads: 'many' }))).code).toBe('27');
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
      expect(await clickHouseFailure(read())).toMatchObject({ code: '395' });
      expect(delivered).toBeGreaterThan(100_000);
    }
  });

  test('a statement over its time', async () => {
    const error = await clickHouseFailure(
      client.query({
        query: 'SELECT sum(sipHash64(number)) FROM numbers(100000000000)',
        clickhouse_settings: { max_execution_time: 1 },
      }),
    );
    expect(error).toMatchObject({ code: '159', type: 'TIMEOUT_EXCEEDED' });
  });

  test('a statement over the memory', async () => {
    const error = await clickHouseFailure(
      client.query({
        query: 'SELECT groupArray(number) FROM numbers(1000000000)',
        format: 'JSONEachRow',
      }),
    );
    expect(error).toMatchObject({ code: '241', type: 'MEMORY_LIMIT_EXCEEDED' });
  });
});

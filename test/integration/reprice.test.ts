import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ClickHouseClient } from '@clickhouse/client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { PriceRow } from '../../collector-processor/src/core/priceRow';
import { readOverrides } from '../../collector-processor/src/enrich/price/overrideFile';
import { createPricer } from '../../collector-processor/src/enrich/price/pricer';
import { selectPrices } from '../../collector-processor/src/enrich/price/selectPrices';
import { KEY_ORDER, keyCondition } from '../../collector-processor/src/store/inferenceKey';
import { loadPrices, readPrices } from '../../collector-processor/src/store/prices';
import { reprice } from '../../collector-processor/src/store/reprice';
import type { RepriceClient } from '../../collector-processor/src/store/repricePage';
import type { RepriceReport } from '../../collector-processor/src/store/repriceReport';
import { startEngine, type TestEngine } from '../support/engine';
import { priceRow } from '../support/priceRow';

const schema = (name: string): string =>
  readFileSync(resolve(__dirname, '../../schemas/clickhouse', name), 'utf8');

let engine: TestEngine;
let client: ClickHouseClient;
beforeAll(async () => {
  engine = await startEngine();
  client = engine.client;
  for (const name of ['0002_ml_inferences.sql', '0003_ml_prices.sql'])
    await client.command({ query: schema(name) });
});
afterAll(() => engine.stop());

const rowsOf = async <T>(query: string): Promise<T[]> => {
  const result = await client.query({
    query,
    format: 'JSONEachRow',
    clickhouse_settings: { output_format_json_quote_decimals: 1 },
  });
  return result.json<T>();
};
const oneOf = async <T>(query: string): Promise<T> => (await rowsOf<T>(query))[0]!;

const DAY = Date.UTC(2026, 5, 1);
const HOUR = 3_600_000;

/** Calls of two days, models, currencies; one row twice; features and bytes that must survive. */
const FILL = `
  INSERT INTO ml_inferences
    (tenant, environment, model, version, time, inference_id, received_at, row_version, written_at, service, model_type,
     provider, latency_ms, feature_numbers, feature_texts, prediction_label, tokens, reported_cost, reported_currency,
     reported_source, cost_status, rollup, sample_weight, violations)
  SELECT
    't', 'prod', if(number % 3 = 0, 'm', 'x'), if(number % 3 = 0, 'm-1', ''),
    fromUnixTimestamp64Milli(toInt64(${DAY} + number * ${HOUR / 4})), concat('id-', toString(number), '-\\'\\\\'),
    fromUnixTimestamp64Milli(toInt64(${DAY})), toUInt64(1000 + number), toDateTime64('2020-01-01 00:00:00', 3), 'svc', 'llm',
    if(number % 5 = 0, 'nobody', 'acme'), if(number % 2 = 0, 1 / (number + 1), NULL),
    map('nan', nan, 'inf', inf, 'pi', pi()), map('bytes', unhex('FF00FE'), 'quote', '\\'"\\\\'),
    'label', map('input', number, 'output', 10), if(number = 7, 0.5, NULL), if(number = 7, 'EUR', ''),
    if(number = 7, 'provider', ''), 'unpriced', number = 9, 0.25, ['v']
  FROM numbers(190)`;

const PRICING_COLUMNS =
  'row_version, written_at, cost, cost_low, cost_high, costs, currency, cost_status, price_version, price_rule';

describe('reprice', () => {
  const range = { fromMs: DAY, toMs: DAY + 3 * 24 * HOUR };
  const oldRows = [
    priceRow({ nanoPerMillion: 1e9 }),
    priceRow({ bucket: 'output', nanoPerMillion: 4e9 }),
    priceRow({
      provider: 'acme',
      modelMatch: 'equals:x',
      modelId: 'x',
      rule: 'acme:x',
      currency: 'EUR',
    }),
  ];
  const newRows = oldRows.map((row) => ({
    ...row,
    priceVersion: 'contracts@2',
    nanoPerMillion: row.nanoPerMillion * 2,
  }));
  const run = (rows: readonly PriceRow[], batch = 40): Promise<RepriceReport> => {
    const pricer = createPricer(rows);
    return reprice(
      client,
      (inference) => {
        pricer.price(inference);
      },
      { ...range, batch },
    );
  };
  const others = (): Promise<unknown> =>
    oneOf(`
      SELECT groupBitXor(cityHash64(toString(tuple(* EXCEPT (${PRICING_COLUMNS}))))) AS hash, count() AS n
      FROM ml_inferences FINAL`);

  beforeEach(async () => {
    await client.command({ query: 'TRUNCATE TABLE ml_inferences' });
    await client.command({ query: FILL });
  });

  test('replaces what differs and nothing else, and a second run nothing at all', async () => {
    const before = await others();
    const report = await run(oldRows);
    // Numbers 0 to 189; those of 5 belong to nobody (38 of them): 152 priced, all of which were unpriced before. The 38
    // get the reason into their rule.
    expect([report.rowsRead, report.rowsChanged]).toEqual([190, 190]);
    expect(await others()).toEqual(before);
    expect(await run(oldRows)).toEqual({ rowsRead: 190, rowsChanged: 0, differences: [] });

    const rows = await rowsOf<Record<string, unknown>>(`
      SELECT inference_id, model, row_version, cost, cost_high, costs, currency, cost_status, price_rule,
        written_at > now64(3) - 600 AS fresh
      FROM ml_inferences FINAL WHERE inference_id LIKE 'id-3-%' OR inference_id LIKE 'id-5-%'
        OR inference_id LIKE 'id-7-%' OR inference_id LIKE 'id-8-%' ORDER BY inference_id`);
    expect(rows).toEqual([
      // 3 × 1,000 + 10 × 4,000 nano-dollars.
      expect.objectContaining({
        row_version: 1004,
        cost: '0.000043',
        cost_high: '0.000043',
        costs: { input: '0.000003', output: '0.00004' },
        currency: 'USD',
        cost_status: 'priced',
        price_rule: 'acme:m, matched on the requested model',
        fresh: 1,
      }),
      expect.objectContaining({ cost: null, cost_status: 'unpriced', currency: '', costs: {} }),
      expect.objectContaining({ cost: '0.5', cost_status: 'provider_reported', currency: 'EUR' }),
      // The output of x has no price: 8 × 1,000 are known.
      expect.objectContaining({
        cost: '0.000008',
        cost_high: null,
        cost_status: 'partial',
        costs: { input: '0.000008' },
      }),
    ]);
  });

  test('tells the difference in money, rollups left out', async () => {
    await run(oldRows);
    const report = await run(newRows);
    const numbers = [...Array(190).keys()].filter((n) => n % 5 !== 0 && n !== 9 && n !== 7);
    const usd = numbers.filter((n) => n % 3 === 0).reduce((sum, n) => sum + n * 1_000 + 40_000, 0);
    const eur = numbers.filter((n) => n % 3 !== 0).reduce((sum, n) => sum + n * 1_000, 0);
    expect(report.differences).toEqual([
      { currency: 'EUR', beforeNano: BigInt(eur), afterNano: BigInt(2 * eur) },
      { currency: 'USD', beforeNano: BigInt(usd), afterNano: BigInt(2 * usd) },
    ]);
    // 152 priced rows but the one with a reported cost change.
    expect(report.rowsChanged).toBe(151);
  });

  test('counts a row once that was delivered twice, and the size of a batch makes no difference', async () => {
    await client.command({ query: FILL });
    const report = await run(oldRows, 7);
    expect([report.rowsRead, report.rowsChanged]).toEqual([190, 190]);
    expect(await run(oldRows, 1_000)).toEqual({ rowsRead: 190, rowsChanged: 0, differences: [] });
    expect(await oneOf('SELECT toUInt32(count()) AS n FROM ml_inferences FINAL')).toEqual({
      n: 190,
    });
  });

  test('keeps to its time range', async () => {
    const pricer = createPricer(oldRows);
    const report = await reprice(
      client,
      (inference) => {
        pricer.price(inference);
      },
      { fromMs: DAY + HOUR, toMs: DAY + 2 * HOUR },
    );
    expect([report.rowsRead, report.rowsChanged]).toEqual([4, 4]);
    const touched = await oneOf(
      "SELECT toUInt32(countIf(price_rule != '')) AS n FROM ml_inferences FINAL",
    );
    expect(touched).toEqual({ n: 4 });
  });

  test('leaves a row alone that somebody else replaces meanwhile', async () => {
    const pricer = createPricer(oldRows);
    const busy: RepriceClient = {
      query: client.query.bind(client),
      command: async (parameters) => {
        await client.command({
          query: `INSERT INTO ml_inferences SELECT * REPLACE (row_version + 1 AS row_version, 1 AS rollup)
            FROM ml_inferences FINAL WHERE inference_id LIKE 'id-3-%'`,
        });
        return client.command(parameters);
      },
    };
    await reprice(
      busy,
      (inference) => {
        pricer.price(inference);
      },
      range,
    );
    const row = (): Promise<unknown> =>
      oneOf(
        "SELECT rollup, cost_status, row_version FROM ml_inferences FINAL WHERE inference_id LIKE 'id-3-%'",
      );
    expect(await row()).toEqual({ rollup: 1, cost_status: 'unpriced', row_version: 1005 });
    await run(oldRows);
    expect(await row()).toEqual({ rollup: 1, cost_status: 'priced', row_version: 1006 });
  });

  test('reads pages by the primary key', async () => {
    const key = {
      tenant: 't',
      environment: 'prod',
      model: 'm',
      version: 'm-1',
      hour: DAY / 1000,
      inference_id: 'id',
    };
    const { sql, params } = keyCondition('after', '>', key);
    const result = await client.query({
      query: `EXPLAIN indexes = 1 SELECT inference_id FROM ml_inferences FINAL WHERE ${sql} ORDER BY ${KEY_ORDER} LIMIT 10`,
      query_params: params,
      format: 'TabSeparatedRaw',
    });
    const plan = await result.text();
    expect(plan).toContain('Read type: InOrder');
    expect(plan).toMatch(
      /PrimaryKey\s+Keys:\s+tenant\s+environment\s+model\s+version\s+time\s+inference_id/,
    );
  });

  test('contracts from a file stand above the book', async () => {
    const overrides = readOverrides(`
prices:
  - { provider: acme, match: "equals:m", currency: EUR, per_million: { input: 3, output: 7 } }
`);
    if (!overrides.ok) throw new Error(overrides.errors.join());
    await loadPrices(client, overrides.rows);
    const selected = selectPrices(await readPrices(client), overrides.version);
    expect(selected.missing).toEqual([]);
    await run(selected.rows);
    const row = await oneOf(
      "SELECT cost, currency, price_version FROM ml_inferences FINAL WHERE inference_id LIKE 'id-3-%'",
    );
    // 3 × 3,000 + 10 × 7,000 nano-euros.
    expect(row).toEqual({ cost: '0.000079', currency: 'EUR', price_version: overrides.version });
  });
});

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ClickHouseClient } from '@clickhouse/client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { PriceRow } from '../../collector-processor/src/core/priceRow';
import { readPriceBook } from '../../collector-processor/src/enrich/price/priceBook';
import { createPricer } from '../../collector-processor/src/enrich/price/pricer';
import { selectPrices } from '../../collector-processor/src/enrich/price/selectPrices';
import { loadPrices, readPrices } from '../../collector-processor/src/store/prices';
import { startEngine, type TestEngine } from '../support/engine';
import { priceRow } from '../support/priceRow';

let engine: TestEngine;
let client: ClickHouseClient;
beforeAll(async () => {
  engine = await startEngine();
  client = engine.client;
  const path = resolve(__dirname, '../../schemas/clickhouse/0003_ml_prices.sql');
  await client.command({ query: readFileSync(path, 'utf8') });
});
afterAll(() => engine.stop());

describe('prices in the store', () => {
  beforeEach(() => client.command({ query: 'TRUNCATE TABLE ml_prices' }));

  test('the whole book goes in once and comes out as it was', async () => {
    const book = await readPriceBook();
    const loads = await Promise.all([loadPrices(client, book.rows), loadPrices(client, book.rows)]);
    expect(loads.some(({ written }) => written === book.rows.length)).toBe(true);
    expect(await loadPrices(client, book.rows)).toEqual({ written: 0, present: book.rows.length });
    const read = await readPrices(client);
    const sorted = (rows: readonly PriceRow[]): string[] =>
      rows
        .map((row) => JSON.stringify(Object.entries(row).sort(([a], [b]) => a.localeCompare(b))))
        .sort();
    expect(sorted(read)).toEqual(sorted(book.rows));
    expect(createPricer(read).problems).toEqual([]);
  });

  test('a half-written version is completed, a former version becomes the newest again', async () => {
    const first = [
      priceRow({}),
      priceRow({ bucket: 'output', nanoPerMillion: 9_007_199_254_740_991 }),
    ];
    await loadPrices(client, first.slice(0, 1));
    expect(await loadPrices(client, first)).toEqual({ written: 2, present: 0 });
    const second = [priceRow({ priceVersion: 'contracts@2', nanoPerMillion: 2e9 })];
    expect((await loadPrices(client, second)).written).toBe(1);
    expect((await loadPrices(client, first)).written).toBe(2);
    const newest = await client.query({
      query: 'SELECT argMax(price_version, written_at) FROM ml_prices',
      format: 'TabSeparatedRaw',
    });
    expect((await newest.text()).trim()).toBe('contracts@1');
    expect(await readPrices(client)).toHaveLength(3);
  });

  test('rows that an operator adds with SQL are prices; a NULL is none', async () => {
    await client.command({
      query: `
        INSERT INTO ml_prices
          (provider, model_match, model_id, bucket, price_per_million, currency, valid_to, source, price_version, rule)
        VALUES
          ('acme', 'starts_with:own-', 'own', 'input', 0.000000001, 'EUR', '2100-01-01 00:00:00', 'me', 'mine', ''),
          ('acme', 'starts_with:own-', 'own', 'output', NULL, 'EUR', '2100-01-01 00:00:00', 'me', 'mine', '')`,
    });
    const { rows } = selectPrices(await readPrices(client), 'genai-prices@0.0.0');
    expect(rows).toEqual([
      priceRow({
        modelMatch: 'starts_with:own-',
        modelId: 'own',
        nanoPerMillion: 1,
        currency: 'EUR',
        validToMs: Date.UTC(2100, 0, 1),
        source: 'me',
        priceVersion: 'mine',
        rule: '',
      }),
    ]);
  });
});

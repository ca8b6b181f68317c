import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { pastMinute, startWindowStore, type WindowStore } from '../support/startWindowStore';

const MINUTE = 60_000;
let store: WindowStore;
/** A whole minute that is long over. */
let start: number;

beforeAll(async () => {
  store = await startWindowStore();
});
afterAll(async () => {
  await store.stop();
});
beforeEach(async () => {
  await store.clear();
  start = pastMinute();
});

describe('models', () => {
  test('are discovered with what is known of them, from stored windows and open minutes', async () => {
    const now = Date.now();
    const base = {
      environment: 'prod',
      model: 'gpt-4o',
      version: 'gpt-4o-2024-08-06',
      provider: 'openai',
      model_type: 'llm',
      team: 'search',
    };
    await store.insert(
      {
        ...base,
        time: start,
        service: 'a',
        latency_ms: 100,
        tokens: { input: 3 },
        cost: '0.5',
        costs: { input: '0.5' },
        currency: 'USD',
        cost_status: 'priced',
      },
      { ...base, time: start + 1, service: 'a', cost_status: 'unpriced', status: 'error' },
    );
    await store.createJob().runNow();
    await store.insert(
      { ...base, time: now, service: 'b', team: 'ads' },
      { model: 'fraud', time: now, model_type: 'binary' },
    );
    expect(
      await store.read(
        `SELECT model, version, toUnixTimestamp64Milli(first_seen) AS first, toUnixTimestamp64Milli(last_seen) AS last,
         team, model_type, provider, services, requests_24h, errors_24h, latency_p95_ms, status, cost_24h, cost_coverage
         FROM v_models ORDER BY model`,
      ),
    ).toEqual([
      {
        model: 'fraud',
        version: '',
        first: now,
        last: now,
        team: '',
        model_type: 'binary',
        provider: '',
        services: [''],
        requests_24h: 1,
        errors_24h: 0,
        latency_p95_ms: null,
        status: null,
        cost_24h: null,
        cost_coverage: null,
      },
      {
        model: 'gpt-4o',
        version: 'gpt-4o-2024-08-06',
        first: start,
        last: now,
        team: 'ads',
        model_type: 'llm',
        provider: 'openai',
        services: ['a', 'b'],
        requests_24h: 3,
        errors_24h: 1,
        latency_p95_ms: 100,
        status: null,
        cost_24h: 0.5,
        cost_coverage: 0.5,
      },
    ]);
    expect(await store.read('SELECT model, versions FROM ml_models FINAL')).toEqual([
      { model: 'gpt-4o', versions: ['gpt-4o-2024-08-06'] },
    ]);
  });

  test('a cost over two currencies is no number', async () => {
    await store.insert(
      { model: 'm', time: start, cost: '1', currency: 'USD', cost_status: 'provider_reported' },
      { model: 'm', time: start, cost: '1', currency: 'EUR', cost_status: 'provider_reported' },
    );
    await store.createJob().runNow();
    expect(await store.read('SELECT cost_24h, cost_coverage FROM v_models')).toEqual([
      { cost_24h: null, cost_coverage: 1 },
    ]);
  });
});

describe('costs', () => {
  test('by token bucket and hour, with what is not priced', async () => {
    const hour = Math.floor(start / 3_600_000) * 3_600_000;
    await store.insert(
      {
        model: 'm',
        time: hour,
        tokens: { input: 1_000_000, output: 1000 },
        cost: '2.6',
        cost_low: '2.6',
        cost_high: '3.6',
        costs: { input: '2.5', output: '0.1' },
        currency: 'USD',
        cost_status: 'priced',
        price_version: 'p1',
      },
      {
        model: 'm',
        time: hour + MINUTE,
        tokens: { input: 1_000_000 },
        cost: '2.5',
        cost_low: '2.5',
        cost_high: '2.5',
        costs: { input: '2.5' },
        currency: 'USD',
        cost_status: 'priced',
        price_version: 'p1',
      },
      {
        model: 'm',
        time: hour + 2 * MINUTE,
        tokens: { input: 10, reasoning: 7 },
        cost: '1',
        cost_low: '1',
        costs: { input: '1' },
        currency: 'USD',
        cost_status: 'partial',
        price_version: 'p1',
      },
      {
        model: 'm',
        time: hour + 3 * MINUTE,
        tokens: { input: 4 },
        cost: '0.75',
        currency: 'USD',
        cost_status: 'provider_reported',
      },
      { model: 'u', time: hour, tokens: { input: 11 }, cost_status: 'unpriced' },
    );
    const query = `SELECT model, bucket, tokens, cost, cost_low, cost_high, unpriced_tokens, price_per_million, price_version
      FROM v_costs ORDER BY model, bucket`;
    const before = await store.read<{ price_per_million: number }>(query);
    await store.createJob().runNow();
    expect(await store.read(query)).toEqual(before);
    expect(before).toEqual([
      {
        model: 'm',
        bucket: 'input',
        tokens: 2_000_014,
        cost: 6,
        cost_low: 6,
        cost_high: 7,
        unpriced_tokens: 0,
        price_per_million: expect.closeTo(3, 3),
        price_version: 'p1',
      },
      {
        model: 'm',
        bucket: 'other',
        tokens: null,
        cost: 0.75,
        cost_low: 0.75,
        cost_high: 0.75,
        unpriced_tokens: 0,
        price_per_million: null,
        price_version: '',
      },
      {
        model: 'm',
        bucket: 'output',
        tokens: 1000,
        cost: 0.1,
        cost_low: 0.1,
        cost_high: 0.1,
        unpriced_tokens: 0,
        price_per_million: expect.closeTo(100),
        price_version: 'p1',
      },
      {
        model: 'm',
        bucket: 'reasoning',
        tokens: 7,
        cost: null,
        cost_low: null,
        cost_high: null,
        unpriced_tokens: 7,
        price_per_million: null,
        price_version: 'p1',
      },
      {
        model: 'u',
        bucket: 'input',
        tokens: 11,
        cost: null,
        cost_low: null,
        cost_high: null,
        unpriced_tokens: 11,
        price_per_million: null,
        price_version: '',
      },
    ]);
    expect(
      await store.read(
        "SELECT sum(cost) AS cost, sum(cost_low) AS low, sum(cost_high) AS high FROM v_traffic WHERE model = 'm'",
      ),
    ).toEqual([{ cost: 6.85, low: 6.85, high: 7.85 }]);
  });

  test('to the nano-dollar', async () => {
    await store.insert(
      ...Array.from({ length: 3 }, (_, index) => ({
        model: 'm',
        time: start + index,
        cost: '0.100000001',
        costs: { input: '0.100000001' },
        currency: 'USD',
        cost_status: 'priced',
        sample_weight: 2,
      })),
    );
    await store.createJob().runNow();
    expect(await store.read('SELECT toString(sum(cost)) AS cost FROM v_traffic')).toEqual([
      { cost: '0.600000006' },
    ]);
  });
});

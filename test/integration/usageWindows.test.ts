import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { MetricPoint } from '../support/insertMetricPoints';
import { BASE, row } from '../support/pricedCall';
import { pastMinute, startWindowStore, type WindowStore } from '../support/startWindowStore';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Of two models a call above 100,000 input tokens costs more. */
const TIERED = ['short', 'long'].flatMap((modelId) =>
  [...BASE, row({ tierStartTokens: 100_000, nanoPerMillion: 2e9 })].map((price) => ({
    ...price,
    modelId,
    modelMatch: `equals:${modelId}`,
    rule: modelId,
  })),
);
let store: WindowStore;
/** A whole minute that is long over, and the start of the process that the points are of. */
let start: number;
let began: number;

beforeAll(async () => {
  store = await startWindowStore([...BASE, ...TIERED]);
});
afterAll(async () => {
  await store.stop();
});
beforeEach(async () => {
  await store.clear();
  start = pastMinute() - 4 * HOUR;
  began = start - 30_000;
});

/** The running total of a stream at minute `at`. */
const total = (at: number, sum: number, count: number, more: Partial<MetricPoint> = {}) => ({
  time: start + at * MINUTE,
  start_time: began,
  sum,
  count,
  ...more,
});
const output = { bucket: 'output', series: 2 };
/** What the views say by minute: input tokens, requests and cost. */
const traffic = async (columns = 'input_tokens AS tokens, requests, cost'): Promise<unknown[][]> =>
  (
    await store.read(
      `SELECT intDiv(toUnixTimestamp64Milli(time) - ${start}, ${MINUTE}) AS minute, ${columns} FROM v_traffic ORDER BY time, usage_source`,
    )
  ).map((row) => Object.values(row));
const compute = async (): Promise<void> => {
  const complete = await store.createJob().runNow();
  expect([complete, store.failures]).toEqual([true, []]);
};

describe('streams', () => {
  test('a running total becomes what each minute added, with its cost', async () => {
    await store.insertPoints(
      total(0, 1000, 2),
      total(1, 1500, 3),
      total(2, 1500, 3),
      total(0, 100, 2, output),
      total(1, 300, 3, output),
      total(2, 300, 3, output),
    );
    await compute();
    expect(await traffic()).toEqual([
      [0, 1000, 2, 0.0014],
      [1, 500, 1, 0.0013],
    ]);
    expect(
      await store.read(
        'SELECT usage_source, bucket, sum(tokens) AS n, toString(sum(cost)) AS cost, sum(unpriced_tokens) AS unpriced FROM v_costs GROUP BY ALL ORDER BY bucket',
      ),
    ).toEqual([
      { usage_source: 'metrics', bucket: 'input', n: 1500, cost: '0.0015', unpriced: 0 },
      { usage_source: 'metrics', bucket: 'output', n: 300, cost: '0.0012', unpriced: 0 },
    ]);
  });

  test('starts again with another start, or when the value falls', async () => {
    await store.insertPoints(
      total(0, 100, 1),
      total(1, 150, 2),
      total(2, 40, 1, { start_time: start + 90_000 }),
      total(3, 60, 2, { start_time: start + 90_000 }),
      total(4, 5, 1, { start_time: start + 90_000 }),
    );
    await compute();
    expect(await traffic('input_tokens, requests')).toEqual([
      [0, 100, 1],
      [1, 50, 1],
      [2, 40, 1],
      [3, 20, 1],
      [4, 5, 1],
    ]);
  });

  test('two processes without a name of their own do not reset each other', async () => {
    const second = { start_time: began - 5000 };
    await store.insertPoints(
      total(0, 100, 1),
      total(0, 1000, 1, second),
      total(1, 150, 2),
      total(1, 1200, 2, second),
    );
    await compute();
    expect(await traffic('input_tokens')).toEqual([
      [0, 1100],
      [1, 250],
    ]);
  });

  test('delta points add what they say', async () => {
    const delta = (at: number, sum: number) =>
      total(at, sum, 1, { cumulative: 0, start_time: start + (at - 1) * MINUTE });
    await store.insertPoints(delta(0, 10), delta(1, 30), delta(2, 20));
    await compute();
    expect(await traffic('input_tokens, requests')).toEqual([
      [0, 10, 1],
      [1, 30, 1],
      [2, 20, 1],
    ]);
  });

  test('a total of unknown age adds nothing; one that is new in a known process adds all', async () => {
    const old = { start_time: start - 5 * HOUR };
    await store.insertPoints(
      total(0, 9_000_000, 900, old),
      total(1, 9_000_010, 901, old),
      total(1, 70, 3, { ...old, series: 7, model: 'n' }),
    );
    await compute();
    expect(
      await store.read(
        'SELECT model, sum(input_tokens) AS n FROM v_traffic GROUP BY model ORDER BY model',
      ),
    ).toEqual([
      { model: 'm', n: 10 },
      { model: 'n', n: 70 },
    ]);
  });

  test('a point that comes twice, late or in the wrong order changes nothing else', async () => {
    const job = store.createJob();
    await store.insertPoints(total(0, 100, 1), total(3, 400, 4), total(5, 500, 5));
    await job.runNow();
    expect(await traffic('input_tokens')).toEqual([
      [0, 100],
      [3, 300],
      [5, 100],
    ]);
    await store.insertPoints(total(2, 250, 2), total(3, 400, 4), total(1, 200, 2));
    await job.runNow();
    const expected = [
      [0, 100],
      [1, 100],
      [2, 50],
      [3, 150],
      [5, 100],
    ];
    expect(await traffic('input_tokens')).toEqual(expected);
    await Promise.all([store.createJob().runNow(), store.createJob().runNow()]);
    await store.run('OPTIMIZE TABLE ml_metric_usage FINAL');
    await store.run('OPTIMIZE TABLE ml_usage_windows FINAL');
    expect([await traffic('input_tokens'), store.failures]).toEqual([expected, []]);
  });

  test('goes on across runs of the job', async () => {
    const settings = { graceMs: Date.now() - start - 2 * MINUTE, settleMs: 0 };
    await store.insertPoints(total(0, 100, 1), total(1, 150, 2));
    expect(await store.createJob(settings).runNow()).toBe(true);
    await store.insertPoints(total(200, 175, 3));
    await compute();
    expect(await traffic('input_tokens')).toEqual([
      [0, 100],
      [1, 50],
      [200, 25],
    ]);
  });
});

describe('cost', () => {
  test('without a price it is unknown, and the coverage says so', async () => {
    const other = { model: 'x', version: 'x' };
    await store.insertPoints(
      total(0, 10, 1),
      total(0, 10, 1, output),
      total(0, 30, 3, { ...other, series: 3 }),
    );
    await compute();
    expect(
      await store.read(
        'SELECT model, cost, cost_low, cost_high, currency, priced_requests, unpriced_requests FROM v_traffic ORDER BY model',
      ),
    ).toEqual([
      {
        model: 'm',
        cost: 0.00005,
        cost_low: 0.00005,
        cost_high: 0.00005,
        currency: 'USD',
        priced_requests: 1,
        unpriced_requests: 0,
      },
      {
        model: 'x',
        cost: null,
        cost_low: null,
        cost_high: null,
        currency: '',
        priced_requests: 0,
        unpriced_requests: 3,
      },
    ]);
    expect(
      await store.read(
        'SELECT model, requests_24h AS n, cost_24h AS cost, cost_coverage AS coverage, services FROM v_models ORDER BY model',
      ),
    ).toEqual([
      { model: 'm', n: 1, cost: 0.00005, coverage: 1, services: ['chat'] },
      { model: 'x', n: 3, cost: null, coverage: 0, services: ['chat'] },
    ]);
    expect(
      await store.read("SELECT tokens, unpriced_tokens FROM v_costs WHERE model = 'x'"),
    ).toEqual([{ tokens: 30, unpriced_tokens: 30 }]);
  });

  test('is bounded where a longer call would cost more, unless the buckets say that none was', async () => {
    const bounds = [1024, 65_536];
    const calls = (counts: number[], model: string, series: number) => [
      total(0, 300_000, 10, { bounds, bucket_counts: counts, model, version: model, series }),
      total(0, 10, 10, { ...output, model, version: model, series: series + 1 }),
    ];
    await store.insertPoints(...calls([0, 10, 0], 'short', 10), ...calls([0, 9, 1], 'long', 20));
    await compute();
    expect(
      await store.read(
        'SELECT model, cost, cost_low AS low, cost_high AS high, priced_requests AS priced FROM v_traffic ORDER BY model',
      ),
    ).toEqual([
      { model: 'long', cost: 0.30004, low: 0.30004, high: 0.60004, priced: 0 },
      { model: 'short', cost: 0.30004, low: 0.30004, high: 0.30004, priced: 10 },
    ]);
  });

  test('parts that metrics tell as types of their own are not added to their whole', async () => {
    await store.insertPoints(
      total(0, 100, 1),
      total(0, 30, 1, { bucket: 'cache_read', series: 3 }),
      total(0, 50, 1, output),
      total(0, 20, 1, { bucket: 'reasoning', series: 4 }),
      total(0, 7, 1, { bucket: '', series: 5 }),
    );
    await compute();
    expect(await store.read('SELECT input_tokens, output_tokens, requests FROM v_traffic')).toEqual(
      [{ input_tokens: 100, output_tokens: 50, requests: 1 }],
    );
    expect(await store.read('SELECT bucket, tokens FROM v_costs ORDER BY bucket')).toEqual([
      { bucket: 'cache_read', tokens: 30 },
      { bucket: 'input', tokens: 70 },
      { bucket: 'output', tokens: 30 },
      { bucket: 'reasoning', tokens: 20 },
    ]);
  });
});

describe('durations', () => {
  const duration = { quantity: 'duration', bucket: '', bounds: [100, 200, 400] };
  test('tell requests, errors and estimated latencies', async () => {
    await store.insertPoints(
      total(0, 100, 2),
      total(0, 0, 10, { ...duration, series: 8, bucket_counts: [0, 10, 0, 0] }),
      total(0, 0, 1, {
        ...duration,
        series: 9,
        version: 'other',
        error_type: 'timeout',
        bucket_counts: [0, 0, 0, 1],
      }),
      total(1, 0, 30, { ...duration, series: 8, bucket_counts: [0, 10, 20, 0] }),
    );
    await compute();
    expect(
      await store.read(
        'SELECT version, requests, errors, latency_p50_ms AS p50, latency_p99_ms AS p99 FROM v_traffic ORDER BY time, version',
      ),
    ).toEqual([
      { version: 'm', requests: 10, errors: 0, p50: 150, p99: expect.closeTo(187.5, 0) },
      { version: 'other', requests: 1, errors: 1, p50: 400, p99: 400 },
      { version: 'm', requests: 20, errors: 0, p50: 300, p99: expect.closeTo(375, 0) },
    ]);
  });
});

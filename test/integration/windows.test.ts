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

const stored = () =>
  store.read<{ model: string; rows: number; requests: number; version: string }>(
    `SELECT model, rows, requests, toString(window_version) AS version FROM ml_traffic_windows FINAL
     ORDER BY time, model, service, currency`,
  );
const traffic = (columns: string) =>
  store.read(`SELECT ${columns} FROM v_traffic ORDER BY time, model, service, currency`);

describe('counting', () => {
  test('an inference that is delivered twice counts once, in the rows, before and after the window is stored', async () => {
    const once = { inference_id: 'a', model: 'm', time: start + 1, latency_ms: 10 };
    await store.insert({ ...once, row_version: 1 });
    await store.insert({ ...once, row_version: 2 });
    await store.insert({ ...once, inference_id: 'b', latency_ms: 30, status: 'error' });
    const expected = [{ requests: 2, errors: 1, latency_p50_ms: expect.any(Number) }];
    expect(await traffic('requests, errors, latency_p50_ms')).toEqual(expected);
    expect(await store.createJob().runNow()).toBe(true);
    expect(store.failures).toEqual([]);
    expect(await stored()).toEqual([expect.objectContaining({ rows: 2, requests: 2 })]);
    expect(await traffic('requests, errors, latency_p50_ms')).toEqual(expected);
    expect(await store.read('SELECT count() AS n FROM v_inferences')).toEqual([{ n: 2 }]);
  });

  test('late rows make their window computed again, in the same job and in a new one', async () => {
    const job = store.createJob();
    await store.insert({ model: 'm', time: start }, { model: 'm', time: start + 5 * MINUTE });
    await job.runNow();
    await store.insert({ model: 'm', time: start + 1 });
    await job.runNow();
    expect((await stored()).map(({ rows }) => rows)).toEqual([2, 1]);
    await store.insert({ model: 'm', time: start + 2 }, { model: 'n', time: start - 60 * MINUTE });
    await store.createJob().runNow();
    expect((await stored()).map(({ model, rows }) => [model, rows])).toEqual([
      ['n', 1],
      ['m', 3],
      ['m', 1],
    ]);
    expect(store.failures).toEqual([]);
  });

  test('a run with nothing new computes nothing, apart from the second look at rows that have settled', async () => {
    const settled = Date.now() - 120_000;
    await store.insert({ model: 'm', time: start, written_at: settled });
    const job = store.createJob();
    const computedAt = () => store.read(`SELECT max(computed_at) AS at FROM ml_traffic_windows`);
    await job.runNow();
    const before = await computedAt();
    await job.runNow();
    await store.createJob().runNow();
    expect(await computedAt()).toEqual(before);
  });

  test('a row that became visible long after it was written is found by the second look', async () => {
    const settings = { settleMs: 1_500, graceMs: 0 };
    const job = store.createJob(settings);
    await store.insert({ model: 'm', time: start }, { model: 'm', time: start + MINUTE });
    await job.runNow();
    await store.insert({ model: 'm', time: start + 1, written_at: Date.now() - 1_400 });
    await store.run('SELECT sleep(1.6)');
    await job.runNow();
    expect((await stored()).map(({ rows }) => rows)).toEqual([2, 1]);
  });

  test('a slow replica that read less never wins', async () => {
    await store.insert({ model: 'm', time: start }, { model: 'm', time: start + 1 });
    await store.createJob().runNow();
    await store.run('CREATE OR REPLACE TABLE slow AS ml_traffic_windows');
    await store.run('INSERT INTO slow SELECT * FROM ml_traffic_windows');
    await store.insert({ model: 'm', time: start + 2 });
    await store.createJob().runNow();
    expect((await stored()).map(({ rows }) => rows)).toEqual([3]);
    await store.run(
      'INSERT INTO ml_traffic_windows SELECT * REPLACE now64(3) AS computed_at FROM slow',
    );
    expect((await stored()).map(({ rows }) => rows)).toEqual([3]);
    await store.run('OPTIMIZE TABLE ml_traffic_windows FINAL');
    expect((await stored()).map(({ rows }) => rows)).toEqual([3]);
  });

  test('with equal newest rows the replica that read more wins', async () => {
    const writtenAt = Date.now() - 1_000;
    await store.insert({ model: 'm', time: start, written_at: writtenAt });
    await store.createJob().runNow();
    await store.run('CREATE OR REPLACE TABLE slow AS ml_traffic_windows');
    await store.run('INSERT INTO slow SELECT * FROM ml_traffic_windows');
    await store.insert({ model: 'm', time: start + 1, written_at: writtenAt });
    await store.run('TRUNCATE TABLE ml_traffic_windows');
    await store.createJob().runNow();
    await store.run('INSERT INTO ml_traffic_windows SELECT * FROM slow');
    expect((await stored()).map(({ rows }) => rows)).toEqual([2]);
  });

  test('two replicas at the same time', async () => {
    await store.insert(
      ...Array.from({ length: 100 }, (_, index) => ({ model: 'm', time: start + index * 5_000 })),
    );
    await Promise.all([store.createJob().runNow(), store.createJob().runNow()]);
    expect(store.failures).toEqual([]);
    expect(
      await store.read('SELECT sum(requests) AS n, count() AS windows FROM v_traffic'),
    ).toEqual([{ n: 100, windows: 9 }]);
  });

  test('a combination of labels that lost its rows is written again without rows', async () => {
    const call = { inference_id: 'a', model: 'm', time: start, row_version: 1 };
    await store.insert({ ...call, cost_status: 'unpriced', tokens: { input: 5 } });
    const job = store.createJob();
    await job.runNow();
    await store.insert({
      ...call,
      row_version: 2,
      tokens: { input: 5 },
      cost: '0.5',
      costs: { input: '0.5' },
      currency: 'USD',
      cost_status: 'priced',
    });
    await job.runNow();
    expect(await stored()).toEqual([
      expect.objectContaining({ rows: 0, requests: 0 }),
      expect.objectContaining({ rows: 1, requests: 1 }),
    ]);
    expect(await traffic('currency, requests, priced_requests, unpriced_requests, cost')).toEqual([
      { currency: 'USD', requests: 1, priced_requests: 1, unpriced_requests: 0, cost: 0.5 },
    ]);
  });

  test('rows with clock skew, rollups and open minutes are not in windows; open minutes are in the views', async () => {
    const now = Date.now();
    await store.insert(
      { model: 'm', time: start },
      { model: 'm', time: start + 1, clock_skew: 1 },
      {
        model: 'm',
        time: start + 2,
        rollup: 1,
        operation: 'invoke_agent',
        trace_id: 't',
        span_id: 'x',
      },
      {
        model: 'm',
        time: start + 3,
        operation: 'chat',
        trace_id: 't',
        span_id: 'y',
        parent_span_id: 'x',
      },
      { model: 'm', time: now },
    );
    await store.createJob().runNow();
    expect(await stored()).toEqual([expect.objectContaining({ rows: 2 })]);
    expect(await traffic('requests')).toEqual([{ requests: 2 }, { requests: 1 }]);
  });

  test('each call counts as many times as it was sampled', async () => {
    await store.insert(
      {
        model: 'm',
        time: start,
        sample_weight: 4,
        tokens: { input: 10, output: 2 },
        cost: '0.25',
        costs: { input: '0.25' },
        currency: 'USD',
        cost_status: 'priced',
      },
      {
        model: 'm',
        time: start + 1,
        sample_weight: 1.5,
        currency: 'USD',
        status: 'error',
        tokens: {},
      },
    );
    await store.createJob().runNow();
    const columns = 'requests, errors, input_tokens, output_tokens, cost, priced_requests';
    expect(await traffic(columns)).toEqual([
      {
        requests: 5.5,
        errors: 1.5,
        input_tokens: 40,
        output_tokens: 8,
        cost: 1,
        priced_requests: 4,
      },
    ]);
  });

  test('windows whose rows may be gone are left alone', async () => {
    const old = start - 3 * 86_400_000;
    await store.insert({ model: 'm', time: old }, { model: 'm', time: start });
    await store.createJob().runNow();
    await store.insert({ model: 'm', time: old + 1 }, { model: 'm', time: start + 1 });
    await store.createJob({ rawRetentionDays: 2 }).runNow();
    expect((await stored()).map(({ rows }) => rows)).toEqual([1, 2]);
  });

  test('more windows than one pass may find are computed by the next ones', async () => {
    await store.insert(
      ...Array.from({ length: 10 }, (_, index) => ({ model: 'm', time: start + index * MINUTE })),
    );
    const job = store.createJob({ maxWindowsPerPass: 4 });
    expect(await job.runNow()).toBe(false);
    expect(await stored()).toHaveLength(4);
    expect(await store.read('SELECT sum(requests) AS n FROM v_traffic')).toEqual([{ n: 10 }]);
    await job.runNow();
    await job.runNow();
    expect(await stored()).toHaveLength(10);
  });
});

describe('the schedule', () => {
  test('runs by itself, and stops when told, also twice', async () => {
    await store.insert({ model: 'm', time: start });
    const job = store.createJob({ everyMs: 50 });
    await job.start();
    while ((await stored()).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    await job.stop(AbortSignal.timeout(5_000));
    await job.stop(AbortSignal.timeout(5_000));
    await store.insert({ model: 'm', time: start + 1 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await stored()).map(({ rows }) => rows)).toEqual([1]);
  });
});

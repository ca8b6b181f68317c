import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { MetricPoint } from '../support/insertMetricPoints';
import { pastMinute, startWindowStore, type WindowStore } from '../support/startWindowStore';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let store: WindowStore;
/** A whole minute that is long over, and the start of the process that the points are of. */
let start: number;
let began: number;

beforeAll(async () => {
  store = await startWindowStore();
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
const compute = async (): Promise<void> => {
  const complete = await store.createJob().runNow();
  expect([complete, store.failures]).toEqual([true, []]);
};

describe('a service that sends spans too', () => {
  const call = (at: number, more: Record<string, unknown> = {}) => ({
    time: start + at * MINUTE,
    service: 'chat',
    model: 'm',
    version: 'm',
    tokens: { input: 1 },
    ...more,
  });
  const sources = () =>
    store.read(
      'SELECT usage_source AS source, sum(requests) AS n FROM v_traffic GROUP BY source ORDER BY source',
    );

  test('counts by its spans', async () => {
    await store.insertPoints(total(0, 100, 5), total(1, 150, 7));
    await store.insert(call(0), call(1));
    await compute();
    expect(await sources()).toEqual([{ source: 'spans', n: 2 }]);
  });

  test('counts by its metrics in the hours before its spans began, and for other models and services', async () => {
    const day = Math.floor(start / HOUR) * HOUR;
    const at = (hour: number, sum: number, more: Partial<MetricPoint> = {}) =>
      total((day + hour * HOUR + 10 * MINUTE - start) / MINUTE, sum, sum, {
        cumulative: 0,
        start_time: day + hour * HOUR + 9 * MINUTE,
        ...more,
      });
    await store.insertPoints(
      at(-2, 1),
      at(-1, 10),
      at(0, 100),
      at(1, 1000),
      at(2, 10_000),
      at(0, 20_000, { service: 'other', series: 3 }),
      at(0, 40_000, { model: 'n', version: 'n', series: 4 }),
    );
    await store.insert(call((day + 40 * MINUTE - start) / MINUTE));
    await compute();
    expect(await sources()).toEqual([
      { source: 'metrics', n: 70_011 },
      { source: 'spans', n: 1 },
    ]);
  });

  test('does not count again what it told about after the hour was over', async () => {
    const hour = Math.floor(start / HOUR) * HOUR + HOUR;
    await store.insert(call((hour - 1000 - start) / MINUTE));
    await store.insertPoints({ time: hour + 30_000, start_time: hour - 30_000, sum: 9, count: 1 });
    await compute();
    expect(await sources()).toEqual([{ source: 'spans', n: 1 }]);
  });

  test('is known by either name of the model, and spans without one stand for all', async () => {
    await store.insertPoints(
      total(0, 9, 1, { model: 'alias', version: 'dated' }),
      total(0, 9, 1, { model: '', version: '', series: 3 }),
    );
    await store.insert(call(0, { model: 'dated', version: 'dated' }));
    await compute();
    expect(await sources()).toEqual([{ source: 'spans', n: 1 }]);
  });

  test('counts by its spans also when those come late', async () => {
    const job = store.createJob();
    await store.insertPoints(total(0, 100, 5));
    await job.runNow();
    expect(await sources()).toEqual([{ source: 'metrics', n: 5 }]);
    await store.insert(call(0), call(0));
    await job.runNow();
    expect(await sources()).toEqual([{ source: 'spans', n: 2 }]);
  });

  test('is left to its metrics when its spans turn out to be containers', async () => {
    await store.insertPoints(total(0, 100, 5));
    await store.insert(call(0, { rollup: 1, operation: 'invoke_agent' }));
    await compute();
    expect(await sources()).toEqual([{ source: 'metrics', n: 5 }]);
  });
});

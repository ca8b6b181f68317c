import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { migrate } from '../../collector-processor/src/store/migrate';
import { startEngine, type TestEngine } from '../support/engine';
import { explainReads } from '../support/explainReads';

const HOUR = 3_600_000;
const WEEK = 168 * HOUR;
let engine: TestEngine;
const read = async <Row>(query: string): Promise<Row[]> =>
  (await engine.client.query({ query, format: 'JSONEachRow' })).json<Row>();

interface Forecast {
  readonly actual: number;
  readonly forecast: number | null;
  readonly low: number | null;
  readonly high: number | null;
}
const forecastOf = async (model: string): Promise<Forecast> =>
  (
    await read<Forecast>(
      `SELECT toFloat64(actual) AS actual, forecast, low, high FROM v_cost_forecast WHERE model = '${model}'`,
    )
  )[0]!;

/** Stored minutes at the middle of each of the last `hours` hours; `cost` of how many hours ago. */
async function insertHours(model: string, hours: number, cost: (back: number) => number) {
  const hourMs = Math.floor(Date.now() / HOUR) * HOUR;
  const values = Array.from({ length: hours }, (_, index) => ({
    tenant: 'default',
    environment: 'prod',
    model,
    version: `v${index % 2}`,
    team: 'support',
    time: hourMs - (index + 1) * HOUR + 30 * 60_000,
    currency: 'USD',
    rows: 1,
    requests: 1,
    cost: cost(index + 1),
    window_version: 1,
  }));
  await engine.client.insert({ table: 'ml_traffic_windows', values, format: 'JSONEachRow' });
}

/** What was spent in the month so far and how much of it is left, by this machine's clock. */
function month(cost: (atMs: number) => number, nowMs: number) {
  const now = new Date(nowMs);
  const fromMs = Date.UTC(now.getUTCFullYear(), now.getUTCMonth());
  const toMs = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1);
  const hourMs = Math.floor(nowMs / HOUR) * HOUR;
  let rest = 0;
  for (let atMs = hourMs; atMs < toMs; atMs += HOUR) {
    rest += cost(atMs) * (atMs === hourMs ? 1 - (nowMs - hourMs) / HOUR : 1);
  }
  let actual = 0;
  for (let atMs = fromMs; atMs < hourMs; atMs += HOUR) actual += cost(atMs);
  return { actual, rest };
}

beforeAll(async () => {
  engine = await startEngine();
  await migrate({ client: engine.client, events: { migrationApplied: () => undefined } });
});
afterAll(async () => {
  await engine.stop();
});

/** Dearer by day and on Mondays. */
const seasonal = (atMs: number): number => {
  const at = new Date(atMs);
  return 1 + (at.getUTCHours() >= 8 ? 2 : 0) + (at.getUTCDay() === 1 ? 5 : 0);
};

test('a month that repeats its weeks is foretold by weekday and hour, with no doubt', async () => {
  const hourMs = Math.floor(Date.now() / HOUR) * HOUR;
  await insertHours('steady', 35 * 24, (back) => seasonal(hourMs - back * HOUR));
  const told = await forecastOf('steady');
  const expected = month(seasonal, Date.now());
  expect(told.actual).toBeCloseTo(expected.actual, 6);
  expect(Math.abs(told.forecast! - expected.actual - expected.rest)).toBeLessThan(0.02);
  expect(told.high! - told.low!).toBeLessThan(1e-6);
});

test('weeks that differ make an interval; it never goes below what is spent', async () => {
  // Weeks of 1, 2, 3 and 4 an hour: mean 2.5, standard deviation 1.291.
  await insertHours('rising', 672, (back) => 4 - Math.floor((back - 1) / 168));
  const told = await forecastOf('rising');
  const { rest } = month(() => 1, Date.now());
  const half = 3.182446305 * Math.sqrt((5 / 3) * 1.25) * rest;
  expect(Math.abs(told.forecast! - told.actual - 2.5 * rest)).toBeLessThan(0.02);
  expect(Math.abs(told.high! - told.forecast! - half)).toBeLessThan(0.05);
  const rested = told.forecast! - told.actual;
  expect(Math.abs(told.low! - told.actual - Math.max(0, rested - half))).toBeLessThan(0.05);
  expect(told.low!).toBeGreaterThanOrEqual(told.actual);
});

test('a model of this week has a forecast without an interval, one of yesterday none', async () => {
  await insertHours('young', 168, () => 1);
  await insertHours('new', 24, () => 1);
  expect(await forecastOf('young')).toMatchObject({
    forecast: expect.any(Number),
    low: null,
    high: null,
  });
  expect(await forecastOf('new')).toMatchObject({ forecast: null, low: null, high: null });
});

test('costs that nobody knows are not in it', async () => {
  const time = Date.now() - WEEK;
  const row = { tenant: 'default', environment: 'prod', model: 'unpriced', rows: 1, requests: 1 };
  const values = [{ ...row, time, window_version: 1 }];
  await engine.client.insert({ table: 'ml_traffic_windows', values, format: 'JSONEachRow' });
  expect(await forecastOf('unpriced')).toBeUndefined();
});

test('it reads the windows of a model of five weeks by the primary key', async () => {
  const reads = await explainReads(
    engine.client,
    "SELECT * FROM v_cost_forecast WHERE tenant = 'default' AND model = 'young'",
  );
  const windows = reads.find(({ table }) => table === 'ml_traffic_windows');
  expect(windows!.keys.get('MinMax')).toEqual(['time']);
  expect(windows!.keys.get('PrimaryKey')).toEqual(expect.arrayContaining(['model', 'time']));
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createPricer } from '../../collector-processor/src/enrich/price/pricer';
import { commandStatements } from '../../collector-processor/src/cli/commandStatements';
import { repriceUsage } from '../../collector-processor/src/monitor/usage/repriceUsage';
import { BASE } from '../support/pricedCall';
import { pastMinute, startWindowStore, type WindowStore } from '../support/startWindowStore';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DOUBLED = BASE.map((row) => ({
  ...row,
  priceVersion: 'contracts@2',
  nanoPerMillion: row.nanoPerMillion * 2,
}));
const ALWAYS = { fromMs: 0, toMs: Date.UTC(2100, 0, 1) };

let store: WindowStore;
let start: number;

beforeAll(async () => {
  store = await startWindowStore(BASE);
});
afterAll(async () => {
  await store.stop();
});
beforeEach(async () => {
  await store.clear();
  start = pastMinute() - 30 * HOUR;
});

/** The running total of input tokens, `hours` after the start. */
const total = (hours: number, sum: number, count: number) => ({
  time: start + hours * HOUR,
  start_time: start - 30_000,
  sum,
  count,
});
const compute = async (): Promise<void> => {
  expect([await store.createJob().runNow(), store.failures]).toEqual([true, []]);
};
const reprice = (range = ALWAYS) =>
  repriceUsage(commandStatements(store.client), createPricer(DOUBLED), range);
const costs = async (): Promise<unknown[][]> =>
  (
    await store.read(
      `SELECT intDiv(toUnixTimestamp64Milli(time) - ${start}, ${HOUR}) AS hour, toString(cost) AS cost FROM v_traffic ORDER BY time`,
    )
  ).map((row) => Object.values(row));

describe('usage that metrics told, priced again', () => {
  test('costs what the new version says; a second run changes nothing', async () => {
    await store.insertPoints(total(0, 1000, 2), total(1, 1500, 3));
    await compute();
    const before = await costs();
    expect(before).toEqual([
      [0, '0.001'],
      [1, '0.0005'],
    ]);
    const first = await reprice();
    expect(first).toEqual({
      minutes: 2,
      minutesKept: 0,
      differences: [{ currency: 'USD', beforeNano: 1_500_000n, afterNano: 3_000_000n }],
    });
    const doubled = [
      [0, '0.002'],
      [1, '0.001'],
    ];
    expect(await costs()).toEqual(doubled);
    const [again] = (await reprice()).differences;
    expect(again?.beforeNano).toBe(again?.afterNano);
    await store.run('OPTIMIZE TABLE ml_usage_windows FINAL');
    expect(await costs()).toEqual(doubled);
  });

  test('outside the range nothing changes, and minutes that are not stored yet are left to the job', async () => {
    await store.insertPoints(total(0, 1000, 2), total(1, 1500, 3));
    await compute();
    await store.insertPoints(total(2, 2000, 4));
    const { minutes } = await reprice({ fromMs: start + 1, toMs: start + 9 * HOUR });
    expect(minutes).toBe(1);
    expect(
      await store.read('SELECT DISTINCT price_version FROM ml_usage_windows FINAL ORDER BY time'),
    ).toEqual([{ price_version: BASE[0]!.priceVersion }, { price_version: 'contracts@2' }]);
    await compute();
    expect(await costs()).toEqual([
      [0, '0.001'],
      [1, '0.001'],
      [2, '0.0005'],
    ]);
  });

  test('where the points are gone, or the one before them, the price stays', async () => {
    await store.insertPoints(
      total(0, 1000, 2),
      total(1, 1500, 3),
      total(20, 2000, 4),
      total(26, 2500, 5),
    );
    await compute();
    await store.run(
      `ALTER TABLE ml_metric_usage DELETE WHERE time < fromUnixTimestamp64Milli(toInt64(${start + HOUR})) SETTINGS mutations_sync = 1`,
    );
    expect(await reprice()).toMatchObject({ minutes: 1, minutesKept: 3 });
    expect(await costs()).toEqual([
      [0, '0.001'],
      [1, '0.0005'],
      [20, '0.0005'],
      [26, '0.001'],
    ]);
    await store.run('TRUNCATE TABLE ml_metric_usage');
    expect(await reprice()).toEqual({ minutes: 0, minutesKept: 4, differences: [] });
  });

  test('without any usage there is nothing to do', async () => {
    expect(await reprice()).toEqual({ minutes: 0, minutesKept: 0, differences: [] });
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  fleetCurrencySql,
  fleetDriftSql,
  fleetModelsSql,
  fleetPerformanceSql,
  fleetQualitySql,
  modelStatusSql,
} from '@plumbline/schemas/queries';
import { startWindowStore, type WindowStore } from '../support/startWindowStore';

const HOSTILE = "'; DROP TABLE ml_models --";

let store: WindowStore;
beforeAll(async () => {
  store = await startWindowStore();
});
afterAll(async () => {
  await store.stop();
});

const KEY = { tenant: 'default', environment: 'prod', version: '1' };
const at = (minutesAgo: number): string =>
  new Date(Date.now() - minutesAgo * 60_000).toISOString().replace('T', ' ').replace('Z', '');

const drift = (model: string, minutesAgo: number, more: object) => ({
  ...{ ...KEY, model, time: at(minutesAgo), feature: '', segment: '', window_minutes: 60 },
  ...more,
});
const quality = (check: string, minutesAgo: number, more: object) => ({
  ...{
    ...KEY,
    model: 'fraud',
    time: at(minutesAgo),
    check,
    feature: 'age',
    window_minutes: 60,
    n: 100,
  },
  ...more,
});

describe('the statements of the fleet', () => {
  test.each([
    ['models', fleetModelsSql()],
    ['currencies', fleetCurrencySql()],
    ['drift', fleetDriftSql()],
    ['quality', fleetQualitySql()],
    ['performance', fleetPerformanceSql()],
    ['status', modelStatusSql({ ...KEY, model: HOSTILE })],
  ])('%s runs on an empty store', async (_name, sql) => {
    expect(await store.read(sql)).toEqual([]);
  });

  test('tell the newest finding about drift of each model', async () => {
    await store.insertRows('ml_drift', [
      drift('fraud', 130, {
        status: 'drift',
        page: 1,
        top_feature: 'amount',
        score: 2.5,
        features: 3,
        features_drifted: 2,
      }),
      drift('fraud', 70, {
        status: 'ok',
        page: 0,
        top_feature: 'age',
        score: null,
        features: 3,
        features_drifted: 0,
      }),
      drift(HOSTILE, 70, {
        status: 'drift',
        page: 1,
        top_feature: 'amount',
        score: -1.5,
        features: 3,
        features_drifted: 1,
      }),
    ]);
    const rows = await store.read(fleetDriftSql());
    expect(rows).toHaveLength(2);
    expect(rows).toContainEqual(
      expect.objectContaining({
        model: 'fraud',
        status: 'ok',
        page: 0,
        top_feature: 'age',
        top_score: null,
      }),
    );
    expect(rows).toContainEqual(
      expect.objectContaining({ model: HOSTILE, status: 'drift', page: 1, top_score: -1.5 }),
    );
  });

  test('tell the failed checks of the newest hour, the worst one by name', async () => {
    await store.insertRows(
      'ml_quality',
      [
        quality('missing', 130, { status: 'violated', page: 1, rate: 0.9, violations: 90 }),
        quality('missing', 70, { status: 'ok', page: 0, rate: 0.01, violations: 1 }),
        quality('range', 70, { status: 'violated', page: 0, rate: 0.2, violations: 20 }),
        quality('type', 70, { status: 'violated', page: 1, rate: 0.1, violations: 10 }),
        quality('new', 70, { status: 'learning', page: 0, rate: null, violations: 0 }),
      ].map((row, index) =>
        index === 0 ? row : { ...row, time: at(70).slice(0, 14) + '00:00.000' },
      ),
    );
    const [row] = await store.read<{ failed_checks: unknown }>(fleetQualitySql());
    expect(row).toMatchObject({
      model: 'fraud',
      page: 1,
      top_feature: 'age',
      top_check: 'type',
      top_rate: 0.1,
    });
    expect(Number(row?.failed_checks)).toBe(2);
  });

  test('take a hostile name for a name', async () => {
    await store.insert({ model: HOSTILE, version: '1', time: Date.now() - 300_000 });
    expect(await store.read(fleetModelsSql())).toContainEqual(
      expect.objectContaining({ model: HOSTILE }),
    );
    const [row] = await store.read<{ environment: string; tenant: string }>(fleetModelsSql());
    const { tenant, environment } = row!;
    expect(await store.read(modelStatusSql({ tenant, environment, model: HOSTILE }))).toHaveLength(
      1,
    );
    expect(await store.read(modelStatusSql({ tenant, environment, model: 'x' }))).toEqual([]);
  });
});

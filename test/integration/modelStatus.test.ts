import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startWindowStore, type WindowStore } from '../support/startWindowStore';

const HOUR = 3_600_000;
const TABLES = [
  'ml_drift',
  'ml_quality',
  'ml_performance',
  'ml_stage_changes',
  'ml_model_metadata',
];
const thisHour = Math.floor(Date.now() / HOUR) * HOUR;
const ago = (hours: number): string => ((thisHour - hours * HOUR) / 1000).toFixed(3);
const WHO = { tenant: 'default', environment: 'prod', model: 'm', version: 'v1' };

let store: WindowStore;
beforeAll(async () => {
  store = await startWindowStore();
}, 120_000);
afterAll(() => store.stop());
beforeEach(async () => {
  await store.clear();
  for (const table of TABLES) await store.run(`TRUNCATE TABLE ${table}`);
  await store.insert({ ...WHO, time: thisHour - HOUR, inference_id: 'a' });
});

const drift = (hours: number, status: string, more: object = {}) => ({
  ...WHO,
  ...{ segment: '', feature: '', time: ago(hours), window_minutes: 60, status, page: 0 },
  drift_version: '1',
  ...more,
});
const quality = (hours: number, status: string, more: object = {}) => ({
  ...WHO,
  ...{ feature: '', check: '', time: ago(hours), window_minutes: 60, status, page: 0 },
  quality_version: '1',
  ...more,
});
const performance = (hours: number, status: string, more: object = {}) => ({
  ...WHO,
  ...{ segment: '', metric: 'accuracy', time: ago(hours), n: 10, status, settled_status: status },
  ...{ mature_at: ago(-1), window_version: '1' },
  ...more,
});
const statuses = async () => {
  const [row] = await store.read<Record<string, string | null>>(
    "SELECT status, drift_status, quality_status, performance_status FROM v_models WHERE model = 'm'",
  );
  return [row!.status, row!.drift_status, row!.quality_status, row!.performance_status];
};

describe('statuses in v_models', () => {
  test('are NULL until the monitor has looked, and after a week without a look', async () => {
    expect(await statuses()).toEqual([null, null, null, null]);
    await store.insertRows('ml_drift', [drift(24 * 8, 'drift', { page: 1 })]);
    expect(await statuses()).toEqual([null, null, null, null]);
  });

  test('are those of the newest hour and of its newest decision, of all traffic and the whole model', async () => {
    await store.insertRows('ml_drift', [
      drift(3, 'drift', { page: 1 }),
      drift(2, 'drift', { drift_version: '1' }),
      drift(2, 'ok', { drift_version: '2' }),
      drift(1, 'drift', { segment: 'country=NL' }),
      drift(1, 'drift', { feature: 'age' }),
    ]);
    await store.insertRows('ml_quality', [
      quality(2, 'ok'),
      quality(1, 'bad', { check: 'missing' }),
    ]);
    await store.insertRows('ml_performance', [
      performance(2, 'provisional'),
      performance(2, 'measured', { metric: 'recall' }),
      performance(1, 'untrusted', { segment: 'country=NL' }),
    ]);
    expect(await statuses()).toEqual(['ok', 'ok', 'ok', 'measured']);
  });

  test.each<[string, object, object, string]>([
    ['a page of drift', drift(1, 'drift', { page: 1 }), quality(1, 'ok'), 'page'],
    ['a page of quality', drift(1, 'ok'), quality(1, 'violated', { page: 1 }), 'page'],
    ['drift without a page', drift(1, 'drift'), quality(1, 'ok'), 'warning'],
    ['a broken check', drift(1, 'ok'), quality(1, 'violated'), 'warning'],
    ['one that is fine while the other learns', drift(1, 'learning'), quality(1, 'ok'), 'ok'],
    ['nothing decided', drift(1, 'learning'), quality(1, 'insufficient_data'), 'unknown'],
  ])('%s', async (_, one, other, status) => {
    await store.insertRows('ml_drift', [one as Record<string, unknown>]);
    await store.insertRows('ml_quality', [other as Record<string, unknown>]);
    expect((await statuses())[0]).toBe(status);
  });

  test('stage and owner come from the registry, of the version before those of the model', async () => {
    const told = { ...WHO, links: {}, tags: {}, created_at: ago(2), updated_at: ago(2) };
    await store.insertRows('ml_model_metadata', [
      { ...told, version: '', owner: 'whole', team: 'risk' },
      { ...told, owner: 'ann', team: '' },
    ]);
    await store.insertRows('ml_stage_changes', [
      { ...WHO, time: ago(2), change_id: '1', from_stage: '', to_stage: 'production' },
    ]);
    expect(await store.read("SELECT stage, owner, team FROM v_models WHERE model = 'm'")).toEqual([
      { stage: 'production', owner: 'ann', team: 'risk' },
    ]);
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  explainableModels,
  predictionList,
  type PredictionOrder,
  sentContributions,
  sentImportance,
} from '@plumbline/schemas/queries';
import { startWindowStore, type WindowStore } from '../support/startWindowStore';

const HOSTILE = "'; DROP TABLE ml_explanations --";
const now = Date.now();
const text = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').replace('Z', '');
let store: WindowStore;
beforeAll(async () => {
  store = await startWindowStore();
  const key = { environment: 'prod', model: 'fraud', version: '1' };
  await store.insert(
    ...[0.2, 0.9, 0.5].map((score, at) => ({
      ...{ ...key, operation: 'predict', model_type: 'binary', score },
      ...{ inference_id: `p${at}`, time: now - (3 - at) * 60_000 },
    })),
    { environment: 'prod', model: 'chat', version: '1', model_type: 'llm', time: now - 60_000 },
    { environment: 'prod', model: HOSTILE, version: '1', model_type: 'regression', time: now },
  );
  await store.insertRows(
    'ml_explanations',
    [
      { amount: 0.4, age: -0.1 },
      { amount: -0.2, age: 0.1 },
    ].map((attributions, at) => ({
      ...{ tenant: 'default', ...key, time: text(now - 60_000), received_at: text(now) },
      ...{ inference_id: `p${at}`, record_id: String(at), attributions, base_value: 0.3 },
    })),
  );
});
afterAll(async () => {
  await store.stop();
});

const inRange = (sql: string): string => sql.replace('$__timeFilter(time)', 'time > now() - 3600');
const FRAUD = { environment: ['prod'], model: ['fraud'] };

describe('the statements of explanations', () => {
  test('models that can be explained are no language models, whatever their name', async () => {
    const rows = await store.read<{ model: string }>(explainableModels({ environment: ['prod'] }));
    expect(rows.map(({ model }) => model).toSorted()).toEqual([HOSTILE, 'fraud'].toSorted());
  });

  test.each<[PredictionOrder, string[]]>([
    ['newest', ['p2', 'p1', 'p0']],
    ['highest', ['p1', 'p2', 'p0']],
    ['lowest', ['p0', 'p2', 'p1']],
  ])('predictions, the %s first', async (order, ids) => {
    const rows = await store.read<{ inference_id: string }>(inRange(predictionList(FRAUD, order)));
    expect(rows.map(({ inference_id }) => inference_id)).toEqual(ids);
  });

  test('importance is the mean of the absolute contributions', async () => {
    const rows = await store.read<{ feature: string; importance: number; mean: number }>(
      inRange(sentImportance(FRAUD)),
    );
    expect(rows.map(({ feature }) => feature)).toEqual(['amount', 'age']);
    expect(rows[0]?.importance).toBeCloseTo(0.3);
    expect(rows[0]?.mean).toBeCloseTo(0.1);
  });

  test('contributions to one prediction, the largest first; another id is only an id', async () => {
    expect(await store.read(sentContributions('p0'))).toEqual([
      { feature: 'amount', contribution: 0.4, base_value: 0.3 },
      { feature: 'age', contribution: -0.1, base_value: 0.3 },
    ]);
    expect(await store.read(sentContributions(HOSTILE))).toEqual([]);
  });
});

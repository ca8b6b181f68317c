import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ClickHouseClient, createClient } from '@clickhouse/client';
import { type RunningApi, startApi } from '../support/api/startApi';
import { rowsOf } from '../support/clickHouse';

let api: RunningApi;
let store: ClickHouseClient;
const VERSION = "'ours', 'prod', 'fraud', 'v1'";
const MINUTE = 60_000;
const start = Math.floor(Date.now() / MINUTE) * MINUTE - 120 * MINUTE;
const at = (offset: string) =>
  `fromUnixTimestamp64Milli(toInt64(${start})) + toIntervalSecond(${offset})`;

beforeAll(async () => {
  api = await startApi();
  store = createClient({ url: api.processor.storeUrl });
  const run = (query: string) => store.command({ query });
  // The score is additive in log-odds; `odd` of another model is not additive at all.
  for (const [model, logit] of [
    ['fraud', "2 * x + if(c = 'de', 1, 0) - 0.5"],
    ['odd', '4 * x * y'],
  ] as const) {
    await run(`INSERT INTO ml_inferences (tenant, environment, model, version, time, inference_id, trace_id, operation, model_type, feature_numbers, feature_texts, score, prediction_label)
SELECT 'ours', 'prod', '${model}', 'v1', ${at('number')}, '${model}-' || toString(number), 'trace-' || toString(number), 'predict', 'binary',
  map('x', x, 'y', y), map('c', c), 1 / (1 + exp(-(${logit}))) AS p, if(p >= 0.5, 'bad', 'good')
FROM (SELECT number, (cityHash64(number, 1) % 2000) / 1000 - 1 AS x, (cityHash64(number, 2) % 2000) / 1000 - 1 AS y,
  if(cityHash64(number, 3) % 2 = 0, 'de', 'fr') AS c FROM numbers(4000))`);
  }
  await run(`INSERT INTO ml_inferences (tenant, environment, model, version, time, inference_id, row_version, trace_id, operation, model_type, feature_numbers, feature_texts, score, prediction_label, response_id)
VALUES (${VERSION}, ${at('4100')}, 'org/p 1', 1, 't-1', 'predict', 'binary', map('x', 0.9, 'y', 0.), map('c', 'de'), 0.9, 'bad', 'r-1'),
  (${VERSION}, ${at('4100')}, 'org/p 1', 0, 'older', 'predict', 'binary', map('x', 0.1), map('c', 'fr'), 0.1, 'good', 'r-1'),
  ('theirs', 'prod', 'secret', 'v1', ${at('1')}, 'secret-1', 1, '', 'predict', 'binary', map('x', 0.9), map(), 0.9, 'bad', '')`);
  await run(`INSERT INTO ml_bins (tenant, environment, model, feature, bins_version, kind, edges, categories)
VALUES ('ours', 'prod', 'fraud', 'x', 1, 'number', [-0.5, 0, 0.5], []), ('ours', 'prod', 'fraud', 'c', 1, 'category', [], ['de'])`);
  await run(`INSERT INTO ml_baselines (tenant, environment, model, version, feature, baseline, bins_version, n, counts, sum, sum_squares)
VALUES (${VERSION}, 'x', 'b1', 1, 100, [25, 25, 25, 20, 5, 0], 0, 33), (${VERSION}, 'c', 'b1', 1, 100, [60, 30, 10, 0], 0, 0)`);
  const about = (id: string, record: string) =>
    `${VERSION}, now64(3), '${id}', '${record}', now64(3)`;
  const columns = 'tenant, environment, model, version, time, inference_id, record_id, received_at';
  await run(
    `INSERT INTO ml_labels (${columns}, label, source) VALUES (${about('org/p 1', 'a')}, 'bad', 'chargebacks')`,
  );
  await run(
    `INSERT INTO ml_feedback (${columns}, score, text) VALUES (${about('org/p 1', 'a')}, -1, 'wrong')`,
  );
  await run(
    `INSERT INTO ml_evaluations (${columns}, name, score, response_id) VALUES (${about('org/p 1', 'a')}, 'relevance', 0.5, ''), (${about('', 'b')}, 'tone', 1, 'r-1')`,
  );
  await run(`INSERT INTO ml_explanations (${columns}, attributions, base_value, method)
VALUES ('ours', 'prod', 'sent', 'v1', ${at('0')}, 's-1', 'a', now64(3), map('x', -3., 'c', 1.), 0.5, 'shap'),
  ('ours', 'prod', 'sent', 'v1', ${at('3600')}, 's-2', 'b', now64(3), map('x', 1., 'c', 2.), 0.5, 'shap')`);
  await run(`INSERT INTO ml_inferences (tenant, environment, model, version, time, inference_id, operation, feature_numbers)
VALUES ('ours', 'prod', 'sent', 'v1', ${at('0')}, 's-1', 'predict', map('x', 7.))`);
}, 120_000);
afterAll(async () => {
  await store.close();
  await api.stop();
});

const ask = (path: string) => api.ask(path, 'viewer');

describe('a prediction', () => {
  test('comes with its features against the reference and all that was told about it', async () => {
    const { status, body } = await ask('/predictions?id=org%2Fp%201');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      inference: { trace_id: 't-1', score: 0.9, prediction_label: 'bad', model: 'fraud' },
      labels: [{ label: 'bad', source: 'chargebacks' }],
      feedback: [{ score: -1, text: 'wrong' }],
      attributions: null,
      features_truncated: false,
    });
    expect((body.evaluations as { name: string }[]).map(({ name }) => name).toSorted()).toEqual([
      'relevance',
      'tone',
    ]);
    expect(body.inference).not.toHaveProperty('feature_numbers');
    const features = body.features as Record<string, unknown>[];
    expect(features.map(({ feature, value }) => [feature, value])).toEqual([
      ['c', 'de'],
      ['x', 0.9],
      ['y', 0],
    ]);
    expect(features[0]!.reference).toMatchObject({ n: 100, bin: 0, share: 0.6, baseline: 'b1' });
    expect(features[1]!.reference).toMatchObject({ bin: 3, share: 0.2 });
    expect((features[1]!.reference as { bins: object[] }).bins[3]).toEqual({
      ...{ low: 0.5, high: null, label: '0.5 to inf', share: 0.2 },
    });
    expect(features[2]!.reference).toBeNull();
  });

  test('finds the most similar cases that were answered differently', async () => {
    const { body } = await ask('/predictions/fraud-17');
    const found = body.nearest as { status: string; cases: Record<string, unknown>[] };
    const { prediction_label: own } = body.inference as Record<string, string>;
    expect(found).toMatchObject({ status: 'found' });
    expect(found.cases).toHaveLength(5);
    for (const one of found.cases) expect(one.prediction_label).not.toBe(own);
    const distances = found.cases.map(({ distance }) => distance as number);
    expect(distances).toEqual(distances.toSorted((a, b) => a - b));
    // The same search in plain SQL: sd of x is sqrt(0.33), of y unknown, so 0.25.
    const [best] = await rowsOf<{ id: string }>(
      store,
      `WITH (SELECT (feature_numbers['x'], feature_numbers['y'], feature_texts['c'], prediction_label) FROM ml_inferences WHERE inference_id = 'fraud-17') AS mine
SELECT inference_id AS id FROM (SELECT * FROM ml_inferences WHERE model = 'fraud' AND tenant = 'ours' AND prediction_label != mine.4 ORDER BY time DESC LIMIT 2000)
ORDER BY least(1, abs(feature_numbers['x'] - mine.1) / (4 * sqrt(0.33))) + least(1, abs(feature_numbers['y'] - mine.2)) + (feature_texts['c'] != mine.3), time DESC LIMIT 1`,
    );
    expect(found.cases[0]!.inference_id).toBe(best!.id);
  });

  test('of nobody, and of another tenant, is not found', async () => {
    for (const path of ['/predictions/none', '/predictions/secret-1', '/predictions?id=secret-1']) {
      expect((await ask(path)).status).toBe(404);
    }
    expect((await ask('/predictions')).status).toBe(400);
    expect((await api.ask('/predictions/secret-1', 'other')).status).toBe(200);
  });
});

const range = `from=${new Date(start - MINUTE).toISOString()}&to=${new Date(start + 120 * MINUTE).toISOString()}&points=2`;
const of = (model: string) => `environment=prod&model=${model}&version=v1&${range}`;
interface Importance {
  readonly time: string;
  readonly feature: string;
  readonly importance: number;
  readonly mean: number;
  readonly n: number;
}

describe('explanations', () => {
  test('are those of the service where it sent some', async () => {
    const { body } = await ask(`/explanations/importance?${of('sent')}`);
    expect(body).toMatchObject({ source: 'service', surrogate: null });
    const rows = body.importance as Importance[];
    const total = (feature: string) =>
      rows
        .filter((row) => row.feature === feature)
        .reduce((sum, { importance, n }) => sum + importance * n, 0);
    expect([total('x'), total('c')]).toEqual([4, 3]);
    const waterfall = await ask('/explanations/prediction?id=s-1');
    expect(waterfall.body).toMatchObject({
      ...{ source: 'service', method: 'shap', base_value: 0.5, explained: -1.5, surrogate: null },
      contributions: [
        { feature: 'x', value: 7, contribution: -3 },
        { feature: 'c', value: null, contribution: 1 },
      ],
    });
  });

  test('are those of a surrogate, marked as such, where it sent none', async () => {
    const { body } = await ask(`/explanations/importance?${of('fraud')}`);
    expect(body).toMatchObject({
      source: 'surrogate',
      surrogate: { status: 'fitted', scale: 'logit' },
    });
    expect((body.surrogate as { fidelity: number }).fidelity).toBeGreaterThan(0.97);
    const [first] = body.importance as [Importance];
    // E|2x| of x uniform in -1 to 1.
    expect(first.feature).toBe('x');
    expect(Math.abs(first.importance - 1)).toBeLessThan(0.1);
    const { body: waterfall } = await ask('/explanations/prediction?id=fraud-17');
    expect(waterfall).toMatchObject({ source: 'surrogate', method: 'surrogate' });
    const all = waterfall.contributions as { feature: string; contribution: number }[];
    const sum = all.reduce(
      (total, { contribution }) => total + contribution,
      waterfall.base_value as number,
    );
    expect(sum).toBeCloseTo(waterfall.explained as number, 9);
    const [row] = await rowsOf<{ p: number }>(
      store,
      "SELECT score AS p FROM ml_inferences WHERE inference_id = 'fraud-17'",
    );
    expect(Math.abs(sum - Math.log(row!.p / (1 - row!.p)))).toBeLessThan(0.3);
  });

  test('are refused where a surrogate would be another model', async () => {
    const { body } = await ask(`/explanations/importance?${of('odd')}`);
    expect(body).toMatchObject({
      ...{ source: 'none', importance: [] },
      surrogate: { status: 'refused', reason: expect.stringContaining("of the model's variance") },
    });
    const { body: waterfall } = await ask('/explanations/prediction?id=odd-17');
    expect(waterfall).toMatchObject({ source: 'none', contributions: [], base_value: null });
    const unknown = await ask(`/explanations/importance?${of('nobody')}`);
    expect(unknown.body).toMatchObject({
      surrogate: { reason: expect.stringContaining('500 are needed') },
    });
  });
});

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startWindowStore, type WindowStore } from '../support/startWindowStore';

const HOUR = 3_600_000;
const STATS = resolve(__dirname, '../../collector-processor/src/stats');
type Golden = Record<string, number> & Record<'truth' | 'score' | 'guess', number[]>;
const golden = JSON.parse(readFileSync(`${STATS}/golden/sklearn.json`, 'utf8')) as Record<
  'binary' | 'multiclass' | 'regression',
  Golden[]
>;
let store: WindowStore;
let hour: number; // The start of one that is over.

beforeAll(async () => {
  store = await startWindowStore();
});
afterAll(async () => {
  await store.stop();
});
beforeEach(async () => {
  await store.clear();
  hour = Math.floor((Date.now() - 5 * HOUR) / HOUR) * HOUR;
});

const SETTINGS = { labelsEveryMs: 0 };
const compute = async (): Promise<void> => {
  const complete = await store.createJob(SETTINGS).runNow();
  expect([store.failures, complete]).toEqual([[], true]);
};
const predict = (id: string, more: Record<string, unknown>) =>
  ({ inference_id: id, time: hour + 60_000, model: 'm', version: '1', ...more }) as const;
const label = (id: string, value: number | string, after = 3 * HOUR) => ({
  tenant: 'default',
  inference_id: id,
  record_id: `${id}-${value}-${after}`,
  time: ((hour + 60_000 + after) / 1000).toFixed(3),
  label: String(value),
  ...(typeof value === 'number' ? { value } : {}),
});
const insertLabels = (...rows: ReturnType<typeof label>[]): Promise<void> =>
  store.insertRows('ml_labels', rows);
const metrics = async (where = "segment = ''", columns = 'value'): Promise<Record<string, never>> =>
  Object.fromEntries(
    (
      await store.read<{ metric: string }>(
        `SELECT metric, ${columns} FROM v_performance WHERE model = 'm' AND ${where} ORDER BY metric`,
      )
    ).map(({ metric, ...rest }) => [metric, Object.values(rest)]),
  ) as Record<string, never>;
const near = (expected: number | undefined, digits = 9) => [expect.closeTo(expected!, digits)];

describe('metrics of the same rows are those of scikit-learn', () => {
  test.each(golden.binary)('binary', async (expected) => {
    const { truth, score } = expected;
    await store.insert(
      ...score.map((s, i) => predict(`p${i}`, { score: s, model_type: 'binary' })),
    );
    await insertLabels(...truth.map((y, i) => label(`p${i}`, y)));
    await compute();
    expect(await metrics()).toMatchObject({
      accuracy: near(expected.accuracy),
      precision: near(expected.precision),
      recall: near(expected.recall),
      f1: near(expected.f1),
      mcc: near(expected.mcc),
      roc_auc: near(expected.roc_auc),
      log_loss: near(expected.log_loss),
      brier: near(expected.brier),
      calibration_slope: near(expected.slope, 5),
      label_coverage: [1],
    });
  });

  test.each(golden.multiclass)('several classes', async (expected) => {
    const { truth, guess } = expected;
    await store.insert(
      ...guess.map((g, i) => predict(`p${i}`, { prediction_label: `class ${g}` })),
    );
    await insertLabels(...truth.map((y, i) => label(`p${i}`, `class ${y}`)));
    await compute();
    expect(await metrics()).toEqual({
      accuracy: near(expected.accuracy),
      precision_macro: near(expected.precision),
      recall_macro: near(expected.recall),
      f1_macro: near(expected.f1),
      mcc: near(expected.mcc),
      label_coverage: [1],
    });
  });

  test.each(golden.regression)('regression', async (expected) => {
    const { truth, guess } = expected;
    await store.insert(...guess.map((g, i) => predict(`p${i}`, { prediction_value: g })));
    await insertLabels(...truth.map((y, i) => label(`p${i}`, y)));
    await compute();
    expect(await metrics()).toEqual({
      mae: near(expected.mae),
      rmse: near(expected.rmse),
      bias: near(expected.bias),
      r2: near(expected.r2),
      label_coverage: [1],
    });
  });
});

describe('labels', () => {
  const STANDING =
    'value, labelled_n AS of, label_coverage AS coverage, label_lag_s AS lag, status';

  test('that come late change the hour of their predictions, and what is known of it', async () => {
    const job = store.createJob(SETTINGS);
    const ids = Array.from({ length: 20 }, (_, i) => `p${i}`);
    await store.insert(...ids.map((id) => predict(id, { prediction_label: 'true' })));
    await job.runNow();
    expect(await metrics("segment = ''", STANDING)).toEqual({
      label_coverage: [0, 0, null, null, 'measured'],
    });
    await insertLabels(label('p0', 'true', 2 * HOUR));
    await job.runNow();
    expect(await metrics("metric = 'accuracy'", STANDING)).toEqual({
      accuracy: [1, 1, 0.05, 7200, 'provisional'],
    });
    await insertLabels(...ids.slice(1).map((id) => label(id, 'false', 4 * HOUR)));
    await job.runNow();
    expect(await metrics("metric = 'accuracy'", STANDING)).toEqual({
      accuracy: [0.05, 20, 1, 14_400, 'measured'],
    });
    expect(store.failures).toEqual([]);
  });

  test('are too few to be trusted once they should have come', async () => {
    hour -= 96 * HOUR;
    const ids = Array.from({ length: 40 }, (_, i) => `p${i}`);
    await store.insert(...ids.map((id) => predict(id, { prediction_label: 'true' })));
    await insertLabels(label('p0', 'true'));
    await compute();
    expect(await metrics("metric = 'accuracy'", 'status, reason')).toEqual({
      accuracy: ['untrusted', 'labels for less than 10% of the predictions'],
    });
    await insertLabels(...ids.slice(0, 8).map((id) => label(id, 'true')));
    await compute();
    expect(await metrics("metric = 'accuracy'", 'status, label_coverage')).toEqual({
      accuracy: ['measured', 0.2],
    });
  });

  test('of two for one prediction, the one written last counts', async () => {
    await store.insert(predict('p', { prediction_label: 'yes' }));
    await insertLabels(label('p', 'no', 4 * HOUR));
    await compute();
    expect(await metrics("metric = 'accuracy'")).toEqual({ accuracy: [0] });
    await insertLabels(label('p', 'yes', 2 * HOUR));
    await compute();
    expect(await metrics("metric = 'accuracy'")).toEqual({ accuracy: [1] });
  });

  test('for unknown ids are counted, until their predictions come', async () => {
    const job = store.createJob(SETTINGS);
    const unknown = () =>
      store.read("SELECT model, value, n FROM v_performance WHERE metric = 'unknown_labels'");
    await insertLabels(label('late', 'yes', 0), label('never', 'yes', 0));
    await job.runNow();
    expect(await unknown()).toEqual([{ model: '', value: 2, n: 2 }]);
    await store.insert(predict('late', { prediction_label: 'yes' }));
    await job.runNow();
    expect(await unknown()).toEqual([{ model: '', value: 1, n: 2 }]);
    expect(await metrics("metric = 'accuracy'")).toEqual({ accuracy: [1] });
    expect(store.failures).toEqual([]);
  });

  test('that are no numbers, or too large for one, are told and left out', async () => {
    await store.insert(
      ...['a', 'b', 'c'].map((id) =>
        predict(id, { prediction_value: 1e308, model_type: 'regression' }),
      ),
    );
    await insertLabels(label('a', 'NaN'), label('b', -1e308), label('c', 1e308));
    await compute();
    const said = [null, 2, 'untrusted', 'some labels cannot be compared with their predictions'];
    expect(
      await metrics("metric != 'label_coverage'", 'value, labelled_n, status, reason'),
    ).toEqual({
      mae: said,
      rmse: said,
      bias: said,
      r2: said,
    });
  });

  test('computing again, by two replicas at once, changes nothing', async () => {
    await store.insert(
      ...Array.from({ length: 50 }, (_, i) => predict(`p${i}`, { score: (i % 10) / 10 })),
    );
    await insertLabels(
      ...Array.from({ length: 50 }, (_, i) => label(`p${i}`, i % 3 === 0 ? 1 : 0)),
    );
    await compute();
    const before = await metrics('1', 'value, low, high, n, segment');
    await store.insert(predict('p0', { score: 0 }));
    await Promise.all([compute(), compute()]);
    await store.run('OPTIMIZE TABLE ml_performance FINAL');
    expect(await metrics('1', 'value, low, high, n, segment')).toEqual(before);
  });
});

describe('segments', () => {
  test('are measured apart, and the gaps between their groups told unless one is small', async () => {
    const groups = [
      ['de', 100, 50],
      ['fr', 60, 15],
      ['li', 29, 29],
    ] as const;
    const rows = groups.flatMap(([country, n, positive]) =>
      Array.from({ length: n }, (_, i) => ({ id: `${country}${i}`, country, yes: i < positive })),
    );
    await store.insert(
      ...rows.map(({ id, country, yes }) =>
        predict(id, { prediction_label: yes ? 'yes' : 'no', segments: { country } }),
      ),
    );
    await insertLabels(...rows.map(({ id }, i) => label(id, i % 2 === 0 ? 'yes' : 'no')));
    await compute();
    const gaps =
      "metric IN ('demographic_parity_difference', 'disparate_impact_ratio', 'equal_opportunity_difference')";
    const columns = 'value, reference_segment, reason, n';
    expect(await metrics(`${gaps} AND segment = 'country=fr'`, columns)).toEqual({
      demographic_parity_difference: [-0.25, 'country=de', '', 60],
      disparate_impact_ratio: [0.5, 'country=de', '', 60],
      equal_opportunity_difference: [expect.closeTo(8 / 30 - 0.5, 12), 'country=de', '', 60],
    });
    const small = [null, 'country=de', 'a group has fewer than 30 rows', 29];
    expect(await metrics(`${gaps} AND segment = 'country=li'`, columns)).toEqual({
      demographic_parity_difference: small,
      disparate_impact_ratio: small,
      equal_opportunity_difference: small,
    });
    expect(await metrics("segment = 'country=fr' AND metric = 'accuracy'")).toEqual({
      accuracy: [expect.closeTo((8 + 23) / 60, 2)],
    });
  });

  test('beyond a hundred are one, and one that is gone has no rows any more', async () => {
    const job = store.createJob(SETTINGS);
    const rows = Array.from({ length: 150 }, (_, i) =>
      predict(`p${i}`, {
        prediction_label: 'yes',
        segments: { shop: String(1000 + i) },
        row_version: 1,
      }),
    );
    await store.insert(...rows);
    await job.runNow();
    const segments = () =>
      store.read(
        "SELECT uniqExact(segment) AS segments, sumIf(n, segment = 'other') AS other FROM v_performance WHERE model = 'm' AND metric = 'label_coverage'",
      );
    expect(await segments()).toEqual([{ segments: 102, other: 50 }]);
    await store.insert(
      ...rows.map((row) => ({ ...row, segments: { shop: 'one' }, row_version: 2 })),
    );
    await job.runNow();
    expect(await segments()).toEqual([{ segments: 2, other: 0 }]);
    expect(store.failures).toEqual([]);
  });
});

test('evaluations of answers, by judge, told by prediction or by response', async () => {
  const evaluation = (about: Record<string, string>, name: string, score: number, n = 0) => ({
    tenant: 'default',
    record_id: `${JSON.stringify(about)}${name}${n}`,
    time: ((hour + HOUR + n) / 1000).toFixed(3),
    name,
    score,
    ...about,
  });
  await store.insert(
    ...['a', 'b', 'c', 'd'].map((id) =>
      predict(id, { model_type: 'llm', response_id: `r-${id}`, service: 'chat' }),
    ),
  );
  await store.insertRows('ml_evaluations', [
    evaluation({ inference_id: 'a' }, 'relevance', 0.9),
    evaluation({ inference_id: 'a' }, 'relevance', 0.8, 1),
    evaluation({ response_id: 'r-b' }, 'relevance', 0.4),
    evaluation({ inference_id: 'a' }, 'toxicity', 0),
    evaluation({ inference_id: 'unknown' }, 'toxicity', 1),
  ]);
  await compute();
  const columns = 'round(value, 9) AS value, n, labelled_n, label_coverage, status';
  const said = {
    'evaluation.relevance': [0.6, 4, 2, 0.5, 'provisional'],
    'evaluation.toxicity': [0, 4, 1, 0.25, 'provisional'],
  };
  expect(await metrics("segment = '' AND metric != 'label_coverage'", columns)).toEqual(said);
  expect(await metrics("segment = 'service=chat' AND metric != 'label_coverage'", columns)).toEqual(
    said,
  );
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  checkOverTimeSql,
  driftRankingSql,
  driftSegmentsSql,
  featureBinsSql,
  featureDriftSql,
  metricBySegmentSql,
  metricOverTimeSql,
  modelMarksSql,
  modelRegistrySql,
  modelVersionsSql,
  newestMetricsSql,
  segmentGapsSql,
  violationExamplesSql,
  violationKindsSql,
} from '@plumbline/schemas/queries';
import { expandMacros } from '../support/grafanaMacros';
import { startWindowStore, type WindowStore } from '../support/startWindowStore';

const HOSTILE = "'; DROP TABLE ml_models -- ${x} \\";
const NOW = Date.now();
const HOUR = 3_600_000;

let store: WindowStore;
beforeAll(async () => {
  store = await startWindowStore();
});
afterAll(async () => {
  await store.stop();
});

const KEY = { tenant: 'default', environment: 'prod', model: HOSTILE };
const SCOPE = { tenant: [KEY.tenant], environment: [KEY.environment], model: [KEY.model] };
const FEATURE = { ...KEY, version: '1', segment: '', feature: 'amount' };
const at = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').replace('Z', '');

/** As Grafana runs it, over the last two days. */
const ask = <Row = Record<string, unknown>>(sql: string): Promise<Row[]> =>
  store.read<Row>(expandMacros(sql, { from: NOW - 48 * HOUR, to: NOW, intervalS: 60 }));

const drift = (feature: string, hoursAgo: number, more: object) => ({
  ...{ ...KEY, version: '1', segment: '', feature, window_minutes: 60 },
  ...{ time: at(NOW - hoursAgo * HOUR), status: 'ok', score: 0.1, q_value: 0.5 },
  ...more,
});

describe('the statements of the model page', () => {
  test.each([
    ['versions', modelVersionsSql(HOSTILE)],
    ['registry', modelRegistrySql(KEY)],
    ['marks', modelMarksSql({ ...SCOPE, version: ['1'] })],
    ['ranking', driftRankingSql({ ...SCOPE, segment: [''] })],
    ['one feature', featureDriftSql(FEATURE)],
    ['bins of the range', featureBinsSql(FEATURE)],
    ['bins of an hour', featureBinsSql(FEATURE, { startMs: NOW, minutes: 60 })],
    ['segments', driftSegmentsSql(SCOPE)],
    ['violations', violationKindsSql(SCOPE)],
    ['examples', violationExamplesSql(SCOPE, HOSTILE)],
    ['a check', checkOverTimeSql(SCOPE, HOSTILE)],
    ['metrics', newestMetricsSql(SCOPE)],
    ['one metric', metricOverTimeSql(SCOPE, HOSTILE)],
    ['segments of a metric', metricBySegmentSql(SCOPE, HOSTILE)],
    ['gaps', segmentGapsSql(SCOPE)],
  ])('%s run on an empty store', async (_name, sql) => {
    expect(await ask(sql)).toEqual([]);
  });

  test('rank the newest hour of each feature by evidence', async () => {
    await store.insertRows('ml_drift', [
      drift('weak', 3, { score: -5, q_value: null, status: 'learning' }),
      drift('strong', 3, { score: 0.4, q_value: 0.001, status: 'drift' }),
      drift('pages', 3, { score: 0.2, q_value: 0.04, status: 'drift', page: 1 }),
      drift('was strong', 5, { score: 9, q_value: 0, status: 'drift', page: 1 }),
      drift('was strong', 3, { score: 0, q_value: 0.9 }),
      drift('elsewhere', 3, { model: 'other', page: 1 }),
    ]);
    const ranked = await ask<{ feature: string; start_ms: string }>(driftRankingSql(SCOPE));
    expect(ranked.map(({ feature }) => feature)).toEqual(['pages', 'strong', 'was strong', 'weak']);
    expect(Number(ranked[0]?.start_ms)).toBe(NOW - 3 * HOUR);
    const series = await ask(featureDriftSql({ ...FEATURE, feature: 'was strong' }));
    expect(series).toHaveLength(2);
    expect(series[1]).toMatchObject({ score: 0, paged: 0 });
  });

  test('lay a window over its baseline, bin by bin', async () => {
    const bins = { ...KEY, feature: 'amount', bins_version: 7 };
    await store.insertRows('ml_bins', [
      { ...bins, kind: 'number', edges: [10, 20], atoms: [], categories: [], rare: [] },
    ]);
    await store.insertRows('ml_baselines', [
      {
        ...{ ...bins, version: '1', segment: '', baseline: 'b', n: 10, counts: [5, 5, 0, 0, 0] },
        created_at: at(NOW - 50 * HOUR),
      },
    ]);
    await store.insertRows('ml_model_versions', [{ ...KEY, version: '1' }]);
    const window = (hoursAgo: number, counts: number[]) => ({
      ...{ ...bins, version: '1', segment: '', window_minutes: 60, window_version: 1 },
      ...{ time: at(NOW - hoursAgo * HOUR), n: 4, counts },
    });
    await store.insertRows('ml_feature_windows', [
      window(3, [0, 0, 4, 0, 0]),
      window(2, [0, 3, 0, 1, 0]),
      { ...window(2, [9, 9, 9, 9, 9]), bins_version: 8 },
    ]);
    const shares = async (sql: string) =>
      (await ask(sql)).map((row) => [row.label, row.reference_share, row.current_share]);
    expect(await shares(featureBinsSql(FEATURE, { startMs: NOW - 2 * HOUR, minutes: 60 }))).toEqual(
      [
        ['-inf to 10', 0.5, 0],
        ['10 to 20', 0.5, 0.75],
        ['20 to inf', 0, 0],
        ['missing', 0, 0.25],
        ['new', 0, 0],
      ],
    );
    const [, , over] = await shares(featureBinsSql(FEATURE));
    expect(over).toEqual(['20 to inf', 0, 0.5]);
    expect(await ask(driftSegmentsSql(SCOPE))).toEqual([{ segment: '' }]);
  });

  test('put events of the whole model beside those of the chosen version', async () => {
    const event = (event_id: string, version: string, name: string) => ({
      ...{ ...KEY, event_id, version, event: name, text: name, time: at(NOW - 2 * HOUR) },
    });
    await store.insertRows('ml_model_events', [
      event('a', '1', 'deployed'),
      event('b', '', 'silent_change'),
      event('c', '2', 'deployed'),
    ]);
    await store.insertRows('ml_alert_events', [
      {
        ...{ ...KEY, version: '1', event_id: 'd', rule: 'Drift', rule_uid: 'u', state: 'firing' },
        ...{ time: at(NOW - HOUR), starts_at: at(NOW - HOUR) },
      },
    ]);
    const marks = await ask<{ kind: string; version: string }>(
      modelMarksSql({ ...SCOPE, version: ['1'] }),
    );
    expect(marks.map(({ kind, version }) => `${kind} ${version}`).toSorted()).toEqual([
      'alert 1',
      'deployment 1',
      'silent_change ',
    ]);
    expect(marks[0]).toMatchObject({ kind: 'alert', what: 'firing', text: 'Drift' });
  });

  test('count violations by kind and feature, with the rows that broke one', async () => {
    const row = (inference_id: string, violations: string[]) => ({
      ...{ ...KEY, version: '1', time: NOW - 2 * HOUR, inference_id },
      violations,
    });
    await store.insert(
      row('i1', ['not_finite:a:b', 'range:amount']),
      row('i2', ['not_finite:a:b']),
      row('i3', []),
    );
    const kinds = await ask(violationKindsSql(SCOPE));
    expect(kinds).toMatchObject([
      { kind: 'not_finite', broken_feature: 'a:b', rows: 2 },
      { kind: 'range', broken_feature: 'amount', rows: 1 },
    ]);
    const examples = await ask(violationExamplesSql(SCOPE, 'range:amount'));
    expect(examples).toMatchObject([
      { inference_id: 'i1', all_violations: 'not_finite:a:b, range:amount' },
    ]);
  });

  test('tell metrics of segments from differences between them', async () => {
    const metric = (name: string, segment: string, more: object = {}) => ({
      ...{ ...KEY, version: '1', metric: name, segment, n: 50, labelled_n: 40, value: 0.8 },
      ...{ time: at(NOW - 2 * HOUR), status: 'measured', settled_status: 'measured' },
      mature_at: at(NOW - HOUR),
      ...more,
    });
    await store.insertRows('ml_performance', [
      metric('accuracy', ''),
      metric('accuracy', '', { time: at(NOW - 4 * HOUR), value: 0.1 }),
      metric('accuracy', 'country=de'),
      metric('disparate_impact_ratio', 'country=de', { reference_segment: 'country=fr' }),
    ]);
    expect(await ask(newestMetricsSql(SCOPE))).toMatchObject([{ metric: 'accuracy', value: 0.8 }]);
    expect(await ask(metricOverTimeSql(SCOPE, 'accuracy'))).toMatchObject([
      { value: 0.1 },
      { value: 0.8 },
    ]);
    const segments = await ask<{ segment: string }>(metricBySegmentSql(SCOPE, 'accuracy'));
    expect(segments.map(({ segment }) => segment)).toEqual(['', 'country=de']);
    expect(await ask(segmentGapsSql(SCOPE))).toMatchObject([
      { metric: 'disparate_impact_ratio', reference_segment: 'country=fr' },
    ]);
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  lineageBaselines,
  lineageFeatures,
  lineageServices,
  lineageSources,
  type Scope,
  traceWaterfall,
  tracedCalls,
  versionDrift,
  versionPerformance,
  versionQuality,
  versionStates,
  versionTraffic,
} from '@plumbline/schemas/queries';
import { expandMacros } from '../support/grafanaMacros';
import { startWindowStore, type WindowStore } from '../support/startWindowStore';

const HOSTILE = "'; DROP TABLE ml_models --";
const SCOPE: Scope = { tenant: ['default'], environment: ['prod'], model: ['fraud'] };
const HOUR = 3_600_000;
const now = Date.now();

let store: WindowStore;
beforeAll(async () => {
  store = await startWindowStore();
});
afterAll(async () => {
  await store.stop();
});

const read = (sql: string): Promise<Record<string, unknown>[]> =>
  store.read(expandMacros(sql, { from: now - 24 * HOUR, to: now + 60_000, intervalS: 60 }));

const STATEMENTS: readonly (readonly [string, (scope: Scope) => string])[] = [
  ['slowest', (scope) => tracedCalls(scope, 'slowest')],
  ['failed', (scope) => tracedCalls(scope, 'failed')],
  ['expensive', (scope) => tracedCalls(scope, 'expensive')],
  ['unusual', (scope) => tracedCalls(scope, 'unusual')],
  ['states', versionStates],
  ['traffic', versionTraffic],
  ['drift', versionDrift],
  ['quality', versionQuality],
  ['performance', versionPerformance],
  ['baselines', lineageBaselines],
  ['sources', lineageSources],
  ['features', lineageFeatures],
  ['services', lineageServices],
];

test.each(STATEMENTS)('%s runs on an empty store, for any name', async (_name, sql) => {
  expect(await read(sql(SCOPE))).toEqual([]);
  expect(await read(sql({ ...SCOPE, model: [HOSTILE] }))).toEqual([]);
});

const KEY = { tenant: 'default', environment: 'prod', model: 'fraud' };
const at = (hoursAgo: number): string => ((now - hoursAgo * HOUR) / 1000).toFixed(3);

describe('of a model with two versions', () => {
  beforeAll(async () => {
    const call = { ...KEY, service: 'payments', team: 'risk', route: '/pay', currency: 'USD' };
    await store.insert(
      {
        ...{ ...call, version: '1', time: now - 3 * HOUR, inference_id: 'slow', latency_ms: 900 },
        ...{ cost: '0.25', cost_status: 'priced', data_source: 'warehouse' },
      },
      {
        ...{ ...call, version: '2', time: now - 2 * HOUR, inference_id: 'failed', latency_ms: 20 },
        ...{ status: 'error', error_type: 'timeout', cost_status: 'unpriced' },
      },
      {
        ...{ ...call, version: '2', time: now - 2 * HOUR, inference_id: 'odd', latency_ms: 30 },
        ...{ violations: ['amount:range', 'age:missing'], cost: '0.75', cost_status: 'priced' },
        ...{ trace_id: 't1', span_id: 's2' },
      },
    );
    const found = { ...KEY, time: at(2), segment: '', window_minutes: 60 };
    await store.insertRows('ml_drift', [
      { ...found, version: '2', feature: 'amount', status: 'drift', score: 2 },
      { ...found, version: '2', feature: 'age', status: 'ok', score: 0.1 },
      {
        ...{ ...found, version: '2', feature: '', status: 'drift', score: 2, features: 2 },
        ...{ features_drifted: 1, top_feature: 'amount' },
      },
    ]);
    await store.insertRows('ml_quality', [
      {
        ...{ ...KEY, version: '2', time: at(2), feature: 'age', check: 'missing' },
        ...{ window_minutes: 60, status: 'violated', violations: 5, n: 20, rate: 0.25 },
      },
    ]);
    await store.insertRows('ml_performance', [
      {
        ...{ ...KEY, version: '2', time: at(2), metric: 'accuracy', segment: '', n: 10 },
        ...{ value: 0.9, low: 0.8, high: 0.95, status: 'measured', settled_status: 'measured' },
      },
    ]);
  });

  test.each([
    ['slowest', ['slow', 'odd', 'failed']],
    ['failed', ['failed']],
    ['expensive', ['odd', 'slow']],
    ['unusual', ['odd']],
  ] as const)('the %s calls', async (order, expected) => {
    const rows = await read(tracedCalls(SCOPE, order));
    expect(rows.map(({ inference_id }) => inference_id)).toEqual(expected);
  });

  test('an unusual call names what it broke, and its trace', async () => {
    const rows = await read(tracedCalls({ ...SCOPE, version: ['2'] }, 'unusual'));
    expect(rows.map((row) => ({ ...row, time_ms: Number(row.time_ms) }))).toMatchObject([
      {
        ...{ broken: 'amount:range, age:missing', cost: 0.75, trace_id: 't1', span_id: 's2' },
        time_ms: now - 2 * HOUR,
      },
    ]);
  });

  test('versions side by side, whichever was chosen', async () => {
    const scope = { ...SCOPE, version: ['1'] };
    const traffic = await read(versionTraffic(scope));
    expect(traffic).toHaveLength(2);
    expect(traffic).toContainEqual(
      expect.objectContaining({ version: '1', requests: 1, error_rate: 0, cost: 0.25 }),
    );
    expect(traffic).toContainEqual(
      expect.objectContaining({
        ...{ version: '2', requests: 2, error_rate: 0.5, cost: 0.75, coverage: 0.5 },
        ...{ cost_per_1000: 750, currency: 'USD' },
      }),
    );
    const states = await read(versionStates(scope));
    expect(states.map(({ version }) => version)).toEqual(['2', '1']);
    expect(await read(versionDrift(scope))).toMatchObject([
      { version: '2', features: 2, features_drifted: 1, top_feature: 'amount', top_score: 2 },
    ]);
    expect(await read(versionQuality(scope))).toMatchObject([
      { version: '2', violation_rate: 0.25 },
    ]);
    expect(await read(versionPerformance(scope))).toMatchObject([
      { version: '2', metric: 'accuracy', value: 0.9, low: 0.8, high: 0.95, status: 'measured' },
    ]);
  });

  test('what a model is made of and who uses it', async () => {
    expect(await read(lineageSources(SCOPE))).toEqual([
      { version: '1', data_source: 'warehouse', requests: 1 },
    ]);
    expect(await read(lineageFeatures(SCOPE))).toEqual([
      { version: '2', feature: 'age', drift_status: 'ok' },
      { version: '2', feature: 'amount', drift_status: 'drift' },
    ]);
    expect(await read(lineageServices(SCOPE))).toMatchObject([
      { version: '2', service: 'payments', teams: 'risk', routes: '/pay', requests: 2, errors: 1 },
      { version: '1', service: 'payments', requests: 1, errors: 0 },
    ]);
  });

  test('the baselines of its features', async () => {
    const feature = { tenant: 'default', environment: 'prod', model: 'fraud', feature: 'amount' };
    await store.insertRows('ml_bins', [
      { ...feature, bins_version: 1, kind: 'number', edges: [1, 2], row_version: 1 },
    ]);
    await store.insertRows('ml_baselines', [
      {
        ...{ ...feature, version: '1', segment: '', baseline: 'b1', bins_version: 1, n: 100 },
        ...{ counts: [50, 30, 20, 0, 0], from_time: at(20), to_time: at(10), source: 'auto' },
        row_version: 1,
      },
    ]);
    const rows = await read(lineageBaselines(SCOPE));
    expect(rows).toContainEqual(
      expect.objectContaining({
        ...{ version: '1', baseline: 'b1', feature: 'amount', made: 'auto', row_count: 100 },
      }),
    );
  });
});

test('the spans of a trace, each once, from its first moment', async () => {
  const span = { TraceId: 't1', ServiceName: 'shop', Duration: 5_000_000 };
  await store.insertSpans([
    { ...span, SpanId: 's1', SpanName: 'pay', Timestamp: at(2) },
    {
      ...{ ...span, SpanId: 's2', ParentSpanId: 's1', SpanName: 'score', StatusCode: 'Error' },
      ...{ Timestamp: ((now - 2 * HOUR + 2) / 1000).toFixed(3), StatusMessage: 'timed out' },
      SpanAttributes: { 'ml.model.name': 'fraud' },
    },
    { ...span, SpanId: 's2', ParentSpanId: 's1', SpanName: 'score', Timestamp: at(2) },
  ]);
  const rows = await read(traceWaterfall('t1'));
  expect(rows.map(({ span_id }) => span_id)).toEqual(['s1', 's2']);
  expect(rows[0]).toMatchObject({ offset_ms: 0, duration_ms: 5, parent_id: '', service: 'shop' });
  expect(await read(traceWaterfall(HOSTILE))).toEqual([]);
});

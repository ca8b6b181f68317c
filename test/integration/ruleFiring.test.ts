import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildRule, FIRE_DRILL_TENANT, RULE_TEMPLATES } from '@plumbline/schemas/rules';
import {
  createDriftJob,
  DRIFT_JOB_DEFAULTS,
} from '../../collector-processor/src/monitor/drift/driftJob';
import { evaluateRule, type RuleInstance } from '../support/evaluateRule';
import { DRIFT_BINS, insertDriftStream } from '../support/insertDriftStream';
import { insertFeatureWindows } from '../support/insertFeatureWindows';
import { startWindowStore, type WindowStore } from '../support/startWindowStore';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const BAD = { tenant: 'default', environment: 'prod', model: 'bad' };
const QUIET = { ...BAD, model: 'quiet' };
const now = Date.now();
const seconds = (unixMs: number): string => (unixMs / 1000).toFixed(3);
let store: WindowStore;

const template = (id: string) => RULE_TEMPLATES.find((candidate) => candidate.id === id)!;
const evaluate = (id: string, values = {}, scope = {}): Promise<RuleInstance[]> =>
  evaluateRule(
    store.client,
    buildRule(template(id), { datasourceUid: 'clickhouse', values, scope }),
    now,
  );
const firing = (instances: readonly RuleInstance[]) => instances.filter((one) => one.firing);
const labelsOf = (instances: readonly RuleInstance[]) => instances.map(({ labels }) => labels);

/** Stored minutes, `calls` at each of them. */
const minutes = (of: object, from: number, to: number, calls: object) =>
  Array.from({ length: Math.floor((to - from) / MINUTE) }, (_, i) => ({
    ...of,
    version: 'v1',
    currency: 'USD',
    time: seconds(Math.floor(from / MINUTE) * MINUTE + i * MINUTE),
    rows: 10,
    requests: 10,
    priced_requests: 10,
    cost: 0.001,
    window_version: 1,
    ...calls,
  }));

/** The p95 of a minute is an aggregate state, so these go through the engine's own views. */
const slowCalls = (of: object, time: number, latency_ms: number) =>
  Array.from({ length: 60 }, (_, i) => ({
    ...of,
    version: 'v1',
    time: time + i * 1000,
    latency_ms,
    cost_status: 'priced',
  }));

const counter = (environment: string, metric: string, time: number, value: number) => ({
  ServiceName: 'plumbline',
  MetricName: metric,
  ResourceAttributes: {
    'deployment.environment.name': environment,
    'service.instance.id': `${environment}-1`,
  },
  Attributes: { reason: 'any' },
  TimeUnix: Math.floor(time / 1000),
  Value: value,
});

async function plantTraffic(): Promise<void> {
  const planted = [
    // A week and a day ago both were called; now only one of them is.
    ...[BAD, QUIET].flatMap((of) => [
      ...minutes(of, now - 7 * DAY - HOUR, now - 7 * DAY, {}),
      ...minutes(of, now - DAY - HOUR, now - DAY, {}),
    ]),
    ...minutes({ ...BAD, model: 'silent' }, now - 7 * DAY - 2 * HOUR, now - 2 * HOUR, {}),
    ...minutes(QUIET, now - HOUR, now, { errors: 0.1 }),
    ...minutes(BAD, now - HOUR, now, {
      errors: 4,
      cost: 5,
      cost_high: 6,
      priced_requests: 5,
      unpriced_requests: 5,
    }),
    ...minutes({ ...BAD, tenant: FIRE_DRILL_TENANT }, now - HOUR, now, { errors: 9 }),
  ];
  await store.insertRows('ml_traffic_windows', planted);
}

async function plantRecords(): Promise<void> {
  const hour = Math.floor(now / HOUR) * HOUR;
  const quality = {
    ...BAD,
    version: 'v1',
    window_minutes: 60,
    feature: 'amount',
    check: 'range',
    quality_version: 1,
  };
  const told = {
    time: seconds(hour - HOUR),
    n: 1000,
    status: 'violated',
    violations: 80,
    rate: 0.08,
    expected: 0.01,
  };
  await store.insertRows('ml_quality', [
    { ...quality, ...told, page: 1, detail: 'above 100' },
    // An hour that paged before and does not any more is over.
    { ...quality, ...told, ...QUIET, page: 1, time: seconds(hour - 2 * HOUR) },
    { ...quality, ...told, ...QUIET, page: 0, violations: 10, rate: 0.01 },
  ]);
  const measured = {
    ...BAD,
    version: 'v1',
    metric: 'accuracy',
    n: 500,
    labelled_n: 400,
    status: 'measured',
    settled_status: 'measured',
    window_version: 1,
  };
  const hours = Array.from({ length: 200 }, (_, back) => ({
    ...measured,
    time: seconds(hour - back * HOUR),
    mature_at: seconds(hour),
  }));
  const accuracy = (value: number) => ({ value, low: value - 0.03, high: value + 0.03 });
  await store.insertRows('ml_performance', [
    ...hours.map((row, back) => ({ ...row, ...accuracy(back < 24 ? 0.8 : 0.9) })),
    ...hours.map((row, back) => ({ ...row, ...QUIET, ...accuracy(back % 2 === 0 ? 0.9 : 0.89) })),
  ]);
  await store.insertRows('ml_model_events', [
    {
      ...BAD,
      event_id: '1',
      time: seconds(now - HOUR),
      event: 'silent_change',
      text: 'answers became longer',
      version: 'v1',
    },
    { ...QUIET, event_id: '2', time: seconds(now - HOUR), event: 'deployed', text: 'v2' },
  ]);
}

async function plantProcessors(): Promise<void> {
  const times = Array.from({ length: 20 }, (_, i) => now - (20 - i) * MINUTE);
  const always = (metric: string, bad: (i: number) => number, quiet: (i: number) => number) =>
    times.flatMap((time, i) => [
      counter('bad', metric, time, bad(i)),
      counter('quiet', metric, time, quiet(i)),
    ]);
  await store.insertRows('otel_metrics_sum', [
    ...always(
      'plumbline_requests_answered_total',
      (i) => i,
      (i) => i,
    ),
    ...always(
      'plumbline_requests_refused_total',
      (i) => 10 * i,
      () => 7,
    ),
    ...always(
      'plumbline_jobs_failed_total',
      (i) => i,
      () => 0,
    ),
    // A counter with a label is not there before it first counts: its first value is all loss.
    counter('bad', 'plumbline_rows_dead_lettered_total', now - 2 * MINUTE, 12),
    // An instance that comes back tells what it lost in an earlier life of it, once.
    ...times.map((time) => counter('quiet', 'plumbline_rows_dead_lettered_total', time, 5)),
  ]);
}

beforeAll(async () => {
  store = await startWindowStore();
  await plantTraffic();
  await plantRecords();
  await plantProcessors();
}, 120_000);
afterAll(async () => {
  await store.stop();
});

describe('a stream that drifts, and one that does not', () => {
  beforeAll(async () => {
    const end = Math.floor((now - HOUR) / HOUR) * HOUR;
    const begin = end - 9 * DAY;
    const stream = { begin, end };
    await insertDriftStream(store.client, {
      ...stream,
      model: 'bad',
      shiftAt: end - DAY,
      shift: 0.4,
    });
    await insertDriftStream(store.client, { ...stream, model: 'quiet', shiftAt: end, shift: 0 });
    const failures: string[] = [];
    await createDriftJob(
      {
        client: store.client,
        events: {
          windowsComputed: () => undefined,
          jobFailed: ({ reason }) => void failures.push(reason),
        },
      },
      DRIFT_JOB_DEFAULTS,
    ).runNow();
    expect(failures).toEqual([]);
  }, 120_000);

  test('the model and its feature fire, with the evidence of the feature', async () => {
    const [model, ...others] = await evaluate('model-drift');
    expect(labelsOf(firing([model!, ...others]))).toEqual([BAD]);
    expect(labelsOf(others)).toEqual([QUIET]);
    const { E, N, Q, D } = model!.evidence;
    expect(E!.value).toBeCloseTo(0.4, 0);
    expect(E!.texts).toEqual({
      top_feature: 'amount',
      direction: expect.stringMatching(/^mean up/),
    });
    expect(N!.value).toBe(400);
    expect(Q!.value).toBeLessThan(0.05);
    expect(D!.value).toBeGreaterThan(0);
    expect(labelsOf(firing(await evaluate('feature-drift')))).toEqual([
      { ...BAD, feature: 'amount' },
    ]);
  });

  test('a larger effect can be asked for', async () => {
    expect(firing(await evaluate('model-drift', { effect: 5 }))).toEqual([]);
  });
});

test('missing data: more than in the reference', async () => {
  const values = (n: number) => Array.from({ length: n }, (_, i) => (i % 5) - 2);
  const time = Math.floor((now - 20 * MINUTE) / MINUTE) * MINUTE;
  await insertFeatureWindows(store.client, DRIFT_BINS, [
    { model: 'bad', feature: 'income', time, values: values(100), missing: 100 },
    { model: 'quiet', feature: 'income', time, values: values(199), missing: 1 },
    { model: 'quiet', feature: 'age', time, values: values(10), missing: 10 },
  ]);
  const instances = await evaluate('missing-data');
  expect(labelsOf(firing(instances))).toEqual([BAD]);
  expect(instances.find((one) => one.firing)!.evidence.M).toEqual({
    value: 50,
    texts: { top_feature: 'income' },
  });
});

test('no traffic: only where there was some at the same time', async () => {
  const instances = await evaluate('no-traffic');
  expect(labelsOf(firing(instances))).toEqual([{ ...BAD, model: 'silent' }]);
  expect(instances.find((one) => one.firing)!.evidence.S!.value).toBeGreaterThan(110);
});

describe('what is planted in one model fires for it alone', () => {
  test.each([
    [
      'data-quality',
      {
        refId: 'R',
        value: 8,
        texts: { top_feature: 'amount', top_check: 'range', detail: 'above 100' },
      },
    ],
    ['performance', { refId: 'P', value: 0.8, texts: { headline: 'accuracy' } }],
    ['error-rate', { refId: 'N', value: expect.any(Number), texts: {} }],
    ['cost-per-hour', { refId: 'H', value: expect.any(Number), texts: { paid_in: 'USD' } }],
    ['cost-coverage', { refId: 'F', value: expect.any(Number), texts: {} }],
    [
      'silent-model-change',
      { refId: 'T', value: 60, texts: { said: 'answers became longer', of_version: 'v1' } },
    ],
  ])('%s', async (id, { refId, value, texts }) => {
    const fired = firing(await evaluate(id));
    expect(labelsOf(fired)).toEqual([BAD]);
    const evidence = fired[0]!.evidence[refId]!;
    expect(evidence.texts).toEqual(texts);
    if (typeof value === 'number') expect(evidence.value).toBeCloseTo(value);
    else expect(evidence.value).toEqual(value);
  });

  test('cost-forecast', async () => {
    const fired = firing(await evaluate('cost-forecast', { budget: 200 }));
    expect(labelsOf(fired)).toEqual([BAD]);
    expect(fired[0]!.evidence.S!.value).toBeGreaterThan(200);
  });
});

describe('of a time without rows', () => {
  const others = RULE_TEMPLATES.filter(({ id }) => id !== 'clickhouse-disk');
  test.each(others.map(({ id }) => id))('%s has no instances', async (id) => {
    const rule = buildRule(template(id), { datasourceUid: 'clickhouse' });
    expect(await evaluateRule(store.client, rule, Date.UTC(2001, 1))).toEqual([]);
  });
});

test('too few requests fire nothing', async () => {
  expect(firing(await evaluate('error-rate', { requests: 1e6 }))).toEqual([]);
  expect(firing(await evaluate('cost-coverage', { requests: 1e6 }))).toEqual([]);
});

test('the tenant of the fire drill is looked at only when it is named', async () => {
  const fired = await evaluate('error-rate', {}, { tenant: [FIRE_DRILL_TENANT] });
  expect(labelsOf(firing(fired))).toEqual([{ ...BAD, tenant: FIRE_DRILL_TENANT }]);
});

test('latency: slower than the day before', async () => {
  const older = [...slowCalls(BAD, now - 5 * HOUR, 300), ...slowCalls(QUIET, now - 5 * HOUR, 300)];
  const recent = [
    ...slowCalls(BAD, now - 5 * MINUTE, 3000),
    ...slowCalls(QUIET, now - 5 * MINUTE, 310),
  ];
  await store.run('TRUNCATE TABLE ml_traffic_windows');
  await store.insert(...older, ...recent);
  const fired = firing(await evaluate('latency'));
  expect(labelsOf(fired)).toEqual([BAD]);
  expect(fired[0]!.value).toBeCloseTo(10, 0);
});

describe('the processor', () => {
  const bad = [{ tenant: 'default', environment: 'bad' }];

  test.each([
    ['telemetry-lost', 'D', 12],
    ['processor-refusing', 'R', 90],
    ['processor-lagging', 'J', 14],
  ])('%s', async (id, refId, value) => {
    const fired = firing(await evaluate(id));
    expect(labelsOf(fired)).toEqual(bad);
    expect(Math.abs(fired[0]!.evidence[refId]!.value! - value)).toBeLessThanOrEqual(value * 0.15);
  });

  test('that tells nothing any more lags', async () => {
    const rule = buildRule(template('processor-lagging'), { datasourceUid: 'clickhouse' });
    const later = await evaluateRule(store.client, rule, now + 8 * MINUTE);
    expect(firing(later)).toHaveLength(2);
    // After that there is nothing to look at, and the rule's "no data" is an alert.
    expect(await evaluateRule(store.client, rule, now + HOUR)).toEqual([]);
    expect(rule.noDataState).toBe('Alerting');
  });
});

test('a disk fires above the share that is asked for', async () => {
  const instances = await evaluate('clickhouse-disk', { percent: 1 });
  expect(instances.length).toBeGreaterThan(0);
  for (const { labels, value, firing: fires } of instances) {
    expect(Object.keys(labels)).toEqual(['disk']);
    expect(value).toBeGreaterThanOrEqual(0);
    expect(fires).toBe(value! > 1);
  }
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildRule, FIRE_DRILL_TENANT, RULE_TEMPLATES } from '@plumbline/schemas/rules';
import {
  createDriftJob,
  DRIFT_JOB_DEFAULTS,
} from '../../collector-processor/src/monitor/drift/driftJob';
import { evaluateRule, type RuleInstance } from '../support/evaluateRule';
import { DRIFT_BINS, insertDriftStream } from '../support/insertDriftStream';
import { insertFeatureWindows } from '../support/insertFeatureWindows';
import { BAD, plantRuleRows, QUIET, slowCalls } from '../support/plantRuleRows';
import { startWindowStore, type WindowStore } from '../support/startWindowStore';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const now = Date.now();
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

beforeAll(async () => {
  store = await startWindowStore();
  await plantRuleRows(store, now);
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

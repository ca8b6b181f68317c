import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  createQualityJob,
  QUALITY_JOB_DEFAULTS,
  type QualityJobSettings,
} from '../../collector-processor/src/monitor/quality/qualityJob';
import { createBaseline } from '../../collector-processor/src/monitor/baselines/createBaseline';
import { createStatements } from '../../collector-processor/src/monitor/statements';
import { startWindowStore, type WindowStore } from '../support/startWindowStore';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DAYS = 9;
/** Rows of a model in an hour; a tenth more or less by the time of the day. */
const ROWS = 150;
let store: WindowStore;
/** A whole hour that is over. */
let end: number;
const failures: string[] = [];

const qualityJob = (settings: Partial<QualityJobSettings> = {}) =>
  createQualityJob(
    {
      client: store.client,
      events: {
        windowsComputed: () => undefined,
        jobFailed: ({ reason }) => {
          failures.push(reason);
        },
      },
    },
    { ...QUALITY_JOB_DEFAULTS, ...settings },
  );

interface Stream {
  readonly model: string;
  readonly days?: number;
  readonly until?: number;
  readonly service?: string;
  /** Share of rows without `amount`, from a time on. */
  readonly nulls?: { readonly at: number; readonly share: number };
  readonly violation?: string;
}

/** Hours of independent rows: two numbers, a category, a hundredth of the amounts missing. */
const insertStream = ({
  model,
  days = DAYS,
  until = end,
  service = 'shop',
  nulls,
  violation,
}: Stream) => {
  const begin = end - days * DAY;
  const lost = nulls === undefined ? '0.01' : `if(at >= ${nulls.at}, ${nulls.share}, 0.01)`;
  const u = (k: number): string => `(cityHash64(${k}, '${model}', number) % 1000003 + 1) / 1000004`;
  const normal = (k: number): string => `sqrt(-2 * log(${u(k)})) * cos(2 * pi() * ${u(k + 1)})`;
  return store.run(`INSERT INTO ml_inferences
  (tenant, environment, model, version, time, inference_id, operation, service, model_type, row_version, feature_numbers, feature_texts, violations)
SELECT 'default', 'prod', '${model}', 'v1', fromUnixTimestamp64Milli(toInt64(at)), concat('${model}-', toString(number)), 'predict', '${service}', 'regression', 1,
  mapFromArrays(CAST(if(${u(9)} < ${lost}, ['age'], ['age', 'amount']), 'Array(LowCardinality(String))'), if(${u(9)} < ${lost}, [age], [age, amount])),
  CAST(map('country', ['DE', 'FR', 'IT'][1 + cityHash64('c', number) % 3]), 'Map(LowCardinality(String), String)'),
  ${violation === undefined ? "CAST([], 'Array(LowCardinality(String))')" : `if(${u(20)} < 0.1, ['${violation}'], [])`}
FROM (
  SELECT number, ${begin} + intDiv(number, ${ROWS}) * ${HOUR} + (number % ${ROWS}) * ${HOUR / ROWS} AS at, ${normal(1)} AS age, ${normal(3)} AS amount
  FROM numbers(${days * 24 * ROWS})
)
WHERE at < ${until}
SETTINGS max_partitions_per_insert_block = 1000`);
};

const pagesOf = (model: string) =>
  store.read<{ feature: string; check: string; first: number; detail: string; status: string }>(
    `SELECT feature, check, toUnixTimestamp64Milli(min(time)) AS first, argMin(detail, time) AS detail, argMin(status, time) AS status
FROM v_quality WHERE model = '${model}' AND page = 1 AND toUnixTimestamp64Milli(time) < ${end} GROUP BY feature, check ORDER BY feature, check`,
  );

/** What the window job makes of the rows, with one window an hour; baselines of the first week, or of the first two days. */
async function makeWindows(): Promise<void> {
  await store.run(`INSERT INTO ml_traffic_windows (tenant, environment, model, version, time, service, rows)
SELECT tenant, environment, model, version, toStartOfHour(time), service, count() FROM ml_inferences GROUP BY ALL
SETTINGS max_partitions_per_insert_block = 1000`);
  const never = new AbortController().signal;
  const statements = createStatements(
    store.client,
    { statementTimeoutMs: 60_000 },
    { stopping: never, abandoning: never },
  );
  for (const [model, days, length] of [
    ['quiet', DAYS, 7],
    ['leaking', DAYS, 7],
    ['silent', DAYS, 7],
    ['alone', DAYS, 7],
    ['young', 3, 2],
  ] as const) {
    const fromMs = end - days * DAY;
    const made = await createBaseline(statements, {
      ...{ tenant: 'default', environment: 'prod', model, version: 'v1', segment: '' },
      ...{ fromMs, toMs: fromMs + length * DAY, source: 'range', freshBins: false },
    });
    expect(made.status).toBe('created');
  }
}

beforeAll(async () => {
  store = await startWindowStore();
  end = Math.floor((Date.now() - QUALITY_JOB_DEFAULTS.watermarkMs) / HOUR) * HOUR;
  await insertStream({ model: 'quiet' });
  await insertStream({ model: 'leaking', nulls: { at: end - DAY, share: 0.08 } });
  await insertStream({ model: 'silent', until: end - 3 * HOUR });
  await insertStream({ model: 'alone', until: end - 3 * HOUR, service: 'gone' });
  await insertStream({ model: 'young', days: 3, nulls: { at: end - 2 * HOUR, share: 0.6 } });
  await insertStream({ model: 'promised', days: 1, violation: 'range:age' });
  await makeWindows();
  await qualityJob({
    hoursPerStatement: 48,
    contracts: [
      {
        ...{ model: 'promised', tenant: undefined, environment: undefined, version: undefined },
        freshnessMs: undefined,
        features: [
          {
            ...{ feature: 'age', required: false, type: undefined, min: 0, max: 120 },
            ...{ allowed: undefined, pattern: undefined, tolerance: 0.01 },
          },
        ],
      },
    ],
  }).runNow();
  expect([...failures, ...store.failures]).toEqual([]);
}, 240_000);
afterAll(async () => {
  await store.stop();
});

describe('the quality job', () => {
  test('a quiet stream stays quiet, and says what was looked at', async () => {
    expect(await pagesOf('quiet')).toEqual([]);
    const [row] = await store.read<Record<string, number>>(
      `SELECT uniqExact(time) AS hours, countIf(check = 'missing' AND feature = 'amount' AND expected > 0.005 AND rate_low <= rate AND rate <= rate_high) AS compared,
  countIf(status = 'violated') AS violated FROM v_quality WHERE model = 'quiet' AND toUnixTimestamp64Milli(time) < ${end}`,
    );
    expect(row!.hours).toBe(DAYS * 24);
    expect(row!.compared).toBeGreaterThan(2 * 24 - 1);
    expect(row!.violated).toBeLessThanOrEqual(4);
  });

  test('planted nulls are found in their feature and page within six hours', async () => {
    const pages = await pagesOf('leaking');
    expect(pages).toMatchObject([{ feature: 'amount', check: 'missing', status: 'violated' }]);
    expect(pages[0]!.first).toBeGreaterThanOrEqual(end - DAY);
    expect(pages[0]!.first).toBeLessThan(end - DAY + 6 * HOUR);
    expect(pages[0]!.detail).toContain('→');
  });

  test('a broken feed pages at once while the reference is short', async () => {
    expect(await pagesOf('young')).toMatchObject([
      { feature: 'amount', check: 'missing', first: end - 2 * HOUR },
    ]);
  });

  test('silence pages, and tells no traffic from lost telemetry', async () => {
    const [silent] = await pagesOf('silent');
    expect(silent).toMatchObject({ feature: '', check: 'volume', first: end - 3 * HOUR });
    expect(silent!.detail).toContain('no traffic: shop still sends');
    const [alone] = await pagesOf('alone');
    expect(alone).toMatchObject({ check: 'volume', first: end - 3 * HOUR });
    expect(alone!.detail).toContain('telemetry lost or service down: nothing from gone');
  });

  test('a broken contract needs no baseline', async () => {
    const pages = await pagesOf('promised');
    expect(pages).toMatchObject([{ feature: 'age', check: 'contract_range', status: 'violated' }]);
    expect(pages[0]!.first).toBeLessThan(end - DAY + 4 * HOUR);
  });

  test('doing it again changes nothing', async () => {
    const all = () =>
      store.read(
        'SELECT * EXCEPT (computed_at) FROM ml_quality FINAL ORDER BY model, time, feature, check',
      );
    const before = await all();
    await qualityJob().runNow();
    expect(await all()).toHaveLength(before.length);
    expect(failures).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ML_RECORD_COLUMNS, VIEWS, type ViewName } from '@plumbline/schemas';
import { createPricer } from '../../collector-processor/src/enrich/price/pricer';
import { createWindowJob } from '../../collector-processor/src/monitor/windowJob';
import { WINDOW_JOB_DEFAULTS } from '../../collector-processor/src/monitor/windowJobSettings';
import { migrate } from '../../collector-processor/src/store/migrate';
import { startEngine, type TestEngine } from '../support/engine';
import { explainReads, type TableRead } from '../support/explainReads';
import { insertViewRows } from '../support/insertViewRows';

const HOUR = 3_600_000;
/** Rows of ten hours over midnight, so that partitions, parts and granules can be left out. */
const HOURS = 10;
const MODELS = ['fraud', 'churn', 'gpt-4o', 'claude'];
const RECORD_TABLES = Object.keys(ML_RECORD_COLUMNS);
let engine: TestEngine;
/** A whole hour, long over. */
let end: number;

const read = async <Row>(query: string): Promise<Row[]> =>
  (await engine.client.query({ query, format: 'JSONEachRow' })).json<Row>();
const run = (query: string) => engine.client.command({ query });

const explain = (query: string): Promise<TableRead[]> => explainReads(engine.client, query);

beforeAll(async () => {
  engine = await startEngine();
  await migrate({ client: engine.client, events: { migrationApplied: () => undefined } });
  const midnight = Math.floor((Date.now() - 12 * HOUR) / 86_400_000) * 86_400_000;
  end = midnight + 2 * HOUR;
  for (const hour of Array.from({ length: HOURS }, (_, index) => end - (index + 1) * HOUR)) {
    await run(`INSERT INTO ml_inferences (tenant, environment, model, version, time, inference_id, operation, tokens, feature_numbers)
SELECT 'default', 'prod', ${JSON.stringify(MODELS).replaceAll('"', "'")}[number % 4 + 1], 'v1',
  fromUnixTimestamp64Milli(toInt64(${hour})) + toIntervalMillisecond(number * 100), toString(number), 'chat', map('input', 1), map('f', 1.)
FROM numbers(36000)`);
  }
  const job = createWindowJob(
    {
      client: engine.client,
      pricer: createPricer([]),
      events: {
        windowsComputed: () => undefined,
        baselineCreated: () => undefined,
        baselineRefused: () => undefined,
        silentChange: () => undefined,
        rollupsChanged: () => undefined,
        jobFailed: ({ reason }) => {
          throw new Error(reason);
        },
      },
    },
    // The last two hours stay open minutes: both halves of the views have something to read.
    { ...WINDOW_JOB_DEFAULTS, graceMs: Date.now() - end + 2 * HOUR },
  );
  await job.runNow();
  await insertViewRows(engine.client, { end, hours: HOURS, models: MODELS });
}, 180_000);
afterAll(async () => {
  await engine.stop();
});

const range = (from: number, to: number): string =>
  `time >= fromUnixTimestamp64Milli(toInt64(${from})) AND time < fromUnixTimestamp64Milli(toInt64(${to}))`;

describe('a time range on a view', () => {
  const openHour = () => range(end - HOUR, end);
  const storedHour = () => range(end - 5 * HOUR, end - 4 * HOUR);

  test.each<[ViewName, string, number, () => string]>([
    ['v_inferences', 'ml_inferences', 0.2, openHour],
    ['v_inferences', 'ml_inferences', 0.2, storedHour],
    ['v_features', 'ml_inferences', 0.2, storedHour],
    ['v_traffic', 'ml_inferences', 0.2, openHour],
    ['v_costs', 'ml_inferences', 0.2, openHour],
    ['v_traffic', 'ml_traffic_windows', 0.5, storedHour],
    ['v_costs', 'ml_traffic_windows', 0.5, storedHour],
    ['v_labels', 'ml_labels', 0.2, storedHour],
    ['v_feedback', 'ml_feedback', 0.2, storedHour],
    ['v_explanations', 'ml_explanations', 0.2, storedHour],
    ['v_evaluations', 'ml_evaluations', 0.2, storedHour],
    ['v_flags', 'ml_flags', 0.2, storedHour],
    ['v_feature_windows', 'ml_feature_windows', 0.3, storedHour],
    ['v_feature_counts', 'ml_feature_windows', 0.3, storedHour],
    ['v_drift', 'ml_drift', 0.3, storedHour],
    ['v_drift_models', 'ml_drift', 0.2, storedHour],
    ['v_performance', 'ml_performance', 0.5, storedHour],
    ['v_quality', 'ml_quality', 0.5, storedHour],
    ['v_traffic', 'ml_usage_windows', 0.5, storedHour],
    ['v_costs', 'ml_usage_windows', 0.5, storedHour],
  ])('%s prunes days and the primary key of %s', async (view, table, share, times) => {
    const plan = await explain(`SELECT * FROM ${view} WHERE ${times()} AND model = 'fraud'`);
    const reads = plan.filter((one) => one.table === table);
    expect(reads).toHaveLength(1);
    const [{ keys, granules, granulesRead }] = reads as [TableRead];
    expect(keys.get('MinMax')).toEqual(['time']);
    expect(keys.get('PrimaryKey')).toEqual(expect.arrayContaining(['model', 'time']));
    expect(granules).toBeGreaterThan(10);
    expect(granulesRead / granules).toBeLessThanOrEqual(share);
  });

  test('a range of stored minutes reads no rows but those of granules where one model ends and the next begins', async () => {
    for (const view of ['v_traffic', 'v_costs']) {
      const reads = await explain(`SELECT * FROM ${view} WHERE ${storedHour()}`);
      const rows = reads.find(({ table }) => table === 'ml_inferences');
      expect(rows?.granulesRead ?? 0).toBeLessThanOrEqual(MODELS.length);
    }
  });

  test('v_models reads a day of windows and the rows of open minutes', async () => {
    const reads = await explain("SELECT * FROM v_models WHERE model = 'fraud'");
    // The hours in which spans count are few, and all of them are read.
    const whole = ['ml_model_versions', 'ml_span_hours'];
    for (const one of reads.filter(({ table }) => !whole.includes(table))) {
      expect(one.keys.get('PrimaryKey')).toEqual(expect.arrayContaining(['model', 'time']));
      expect(one.granulesRead / one.granules).toBeLessThanOrEqual(0.5);
    }
    expect(reads.map(({ table }) => table)).toContain('ml_model_versions');
  });

  test('v_model_versions reads the rows of open minutes, and no windows', async () => {
    const reads = await explain('SELECT DISTINCT model FROM v_model_versions');
    expect(reads.map(({ table }) => table).toSorted()).toEqual([
      'ml_inferences',
      'ml_model_versions',
    ]);
    const rows = reads.find(({ table }) => table === 'ml_inferences')!;
    expect(rows.keys.get('PrimaryKey')).toEqual(expect.arrayContaining(['time']));
    expect(rows.granulesRead / rows.granules).toBeLessThanOrEqual(0.5);
  });

  test('v_processor reads its own points of the days asked for by the primary key', async () => {
    const wanted = `WHERE ${openHour()} AND metric = 'metric_3'`;
    const reads = [
      ...(await explain(`SELECT * FROM v_processor ${wanted}`)),
      ...(await explain(`SELECT * FROM v_processor_reasons ${wanted}`)),
    ];
    expect(reads.map(({ table }) => table).toSorted()).toEqual([
      'otel_metrics_gauge',
      'otel_metrics_histogram',
      'otel_metrics_sum',
      'otel_metrics_sum',
    ]);
    for (const { keys, granules, granulesRead } of reads) {
      expect(keys.get('MinMax')).toEqual(['TimeUnix']);
      expect(keys.get('PrimaryKey')).toEqual(expect.arrayContaining(['ServiceName']));
      expect(granulesRead / granules).toBeLessThanOrEqual(0.4);
    }
  });

  test('v_prices reads the price versions in force by the primary key', async () => {
    const reads = await explain(
      `SELECT * FROM v_prices WHERE ${storedHour()} AND model = 'gpt-4o'`,
    );
    expect(reads.map(({ table }) => table)).toContain('ml_prices');
    expect(reads[0]!.keys.get('PrimaryKey')).toEqual(
      expect.arrayContaining(['source', 'price_version', 'model_id', 'valid_from']),
    );
  });

  test.each(RECORD_TABLES)('an id on the view of %s reads few granules', async (table) => {
    const view = table.replace('ml_', 'v_');
    const [one] = await explain(`SELECT * FROM ${view} WHERE inference_id = '77'`);
    expect(one!.table).toBe(table);
    expect(one!.granules).toBeGreaterThan(10);
    expect(one!.granulesRead / one!.granules).toBeLessThanOrEqual(0.2);
  });

  test('v_model_events reads the events of a model by the primary key', async () => {
    await run(`INSERT INTO ml_model_events (tenant, environment, model, time, event_id)
SELECT 'default', 'prod', toString(number % 50), fromUnixTimestamp64Milli(toInt64(${end})), toString(number) FROM numbers(180000)`);
    const [one] = await explain(
      "SELECT * FROM v_model_events WHERE tenant = 'default' AND model = '7'",
    );
    expect(one!.keys.get('PrimaryKey')).toEqual(expect.arrayContaining(['tenant', 'model']));
    expect(one!.granules).toBeGreaterThan(10);
    expect(one!.granulesRead / one!.granules).toBeLessThanOrEqual(0.2);
  });

  test('v_audit reads the days asked for by the primary key', async () => {
    await run(`INSERT INTO ml_audit (tenant, time, audit_id, row_version)
SELECT 'default', fromUnixTimestamp64Milli(toInt64(${end - HOURS * HOUR})) + toIntervalMillisecond(number * 200), toString(number), 1
FROM numbers(180000)`);
    const [one] = await explain(
      `SELECT * FROM v_audit WHERE tenant = 'default' AND ${storedHour()}`,
    );
    expect(one!.keys.get('MinMax')).toEqual(['time']);
    expect(one!.keys.get('PrimaryKey')).toEqual(expect.arrayContaining(['tenant', 'time']));
    expect(one!.granules).toBeGreaterThan(10);
    expect(one!.granulesRead / one!.granules).toBeLessThanOrEqual(0.2);
  });

  test('v_alert_events reads the days asked for by the primary key', async () => {
    await run(`INSERT INTO ml_alert_events (tenant, environment, model, time, event_id)
SELECT 'default', 'prod', ${JSON.stringify(MODELS).replaceAll('"', "'")}[number % 4 + 1],
  fromUnixTimestamp64Milli(toInt64(${end - HOURS * HOUR})) + toIntervalMillisecond(number * 200), toString(number)
FROM numbers(180000)`);
    const [one] = await explain(
      `SELECT * FROM v_alert_events WHERE ${storedHour()} AND model = 'fraud'`,
    );
    expect(one!.keys.get('MinMax')).toEqual(['time']);
    expect(one!.keys.get('PrimaryKey')).toEqual(expect.arrayContaining(['model', 'time']));
    expect(one!.granulesRead / one!.granules).toBeLessThanOrEqual(0.3);
  });

  test('a model of the registry is found by the primary key', async () => {
    await run(`INSERT INTO ml_stage_changes (tenant, environment, model, version, time, change_id, to_stage)
SELECT 'default', 'prod', 'm' || toString(number % 1000), toString(number), now64(3), toString(number), 'staging' FROM numbers(100000)`);
    await run(`INSERT INTO ml_model_metadata (tenant, environment, model, version, owner)
SELECT 'default', 'prod', 'm' || toString(number % 1000), toString(number), 'eve' FROM numbers(100000)`);
    for (const view of ['v_registry', 'v_stage_changes']) {
      const reads = await explain(
        `SELECT * FROM ${view} WHERE tenant = 'default' AND environment = 'prod' AND model = 'm7'`,
      );
      expect(reads).toHaveLength(view === 'v_registry' ? 2 : 1);
      for (const { keys, granules, granulesRead } of reads) {
        expect(keys.get('PrimaryKey')).toEqual(expect.arrayContaining(['model']));
        expect(granulesRead / granules).toBeLessThanOrEqual(0.3);
      }
    }
  });

  test('every view is covered here', () => {
    expect(Object.keys(VIEWS).toSorted()).toEqual([
      'v_alert_events',
      'v_audit',
      'v_baselines',
      'v_cost_forecast',
      'v_costs',
      'v_drift',
      'v_drift_models',
      'v_evaluations',
      'v_explanations',
      'v_feature_counts',
      'v_feature_windows',
      'v_features',
      'v_feedback',
      'v_flags',
      'v_inferences',
      'v_labels',
      'v_model_events',
      'v_model_versions',
      'v_models',
      'v_performance',
      'v_prices',
      'v_processor',
      'v_processor_reasons',
      'v_quality',
      'v_registry',
      'v_stage_changes',
      'v_traffic',
    ]);
  });
});

describe('the views', () => {
  test('agree on the number of calls', async () => {
    const total = HOURS * 36_000;
    expect(await read('SELECT count() AS n FROM v_inferences')).toEqual([{ n: total }]);
    expect(
      await read(
        "SELECT sum(requests) AS n FROM v_traffic WHERE environment = 'prod' AND service = ''",
      ),
    ).toEqual([{ n: total }]);
    expect(await read("SELECT sum(tokens) AS n FROM v_costs WHERE bucket = 'input'")).toEqual([
      { n: total },
    ]);
    expect(
      await read('SELECT count() AS n, uniqExact(feature) AS features FROM v_features'),
    ).toEqual([{ n: total, features: 1 }]);
  });

  test('v_prices shows of every source the version that was loaded last', async () => {
    await run(`INSERT INTO ml_prices (tenant, provider, model_match, model_id, bucket, currency, valid_from, valid_to, source, price_version, price_per_million, written_at)
SELECT '', 'openai', 'equals:gpt-4o', 'gpt-4o', bucket, 'USD', '2024-01-01 00:00:00', '2106-01-01 00:00:00', 'book', 'p2', 2.5, now64(3) + 1
FROM values('bucket String', 'input', 'output')`);
    expect(
      await read('SELECT bucket, price_per_million, price_version FROM v_prices ORDER BY bucket'),
    ).toEqual([
      { bucket: 'input', price_per_million: 2.5, price_version: 'p2' },
      { bucket: 'output', price_per_million: 2.5, price_version: 'p2' },
    ]);
  });
});

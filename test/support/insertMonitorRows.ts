import type { ClickHouseClient } from '@clickhouse/client';

type Row = Readonly<Record<string, unknown>>;

const HOURS = 4;
const HOUR = 3_600_000;
/** Newer than what the monitor would find by itself, so that it changes none of these rows. */
const NEWEST = String(2n ** 120n);
const MODELS = ['fraud', 'churn'];
const SEGMENTS = ['', 'country=DE', 'country=FR'];
const FEATURES = ['amount', 'age'];

const text = (ms: number): string => (ms / 1000).toFixed(3);

/** Each combination of model, version, segment and whole hour before `now`. */
const cells = (now: number): { key: Row; segment: string; time: string; hour: number }[] => {
  const newest = Math.floor(now / HOUR) * HOUR;
  return MODELS.flatMap((model) =>
    SEGMENTS.flatMap((segment) =>
      Array.from({ length: HOURS }, (_, hour) => ({
        key: { tenant: 'default', environment: 'prod', model, version: 'v1' },
        segment,
        hour,
        time: text(newest - (hour + 1) * HOUR),
      })),
    ),
  );
};

const driftRows = (now: number): Row[] =>
  cells(now).flatMap(({ key, segment, time, hour }) =>
    ['', ...FEATURES].map((feature) => ({
      ...{ ...key, segment, time, feature, window_minutes: 60, status: 'drift', score: 1.5 },
      ...{ p_value: 0.001, q_value: 0.01, n: 900, reference_n: 9000, detectable_effect: 0.1 },
      ...{ direction: 'up', psi: 0.3, js: 0.1, ks: 0.2, wasserstein: 1.1, baseline: 'b1' },
      ...{ rule: 'steady', page: hour === 0 ? 1 : 0, features: 2, features_drifted: 1 },
      top_feature: 'amount',
      drift_version: NEWEST,
    })),
  );

const qualityRows = (now: number): Row[] =>
  cells(now)
    .filter(({ segment }) => segment === '')
    .flatMap(({ key, time }) =>
      FEATURES.map((feature) => ({
        ...{ ...key, time, feature, check: 'missing', window_minutes: 60, status: 'violated' },
        ...{ violations: 9, n: 900, rate: 0.01, rate_low: 0.005, rate_high: 0.02 },
        ...{ expected: 0.001, p_value: 0.001, detail: 'nine of 900', page: 1 },
        quality_version: NEWEST,
      })),
    );

const performanceRows = (now: number): Row[] =>
  cells(now).flatMap(({ key, segment, time }) =>
    ['accuracy', 'mae'].map((metric) => ({
      ...{ ...key, time, segment, metric, reference_segment: 'country=DE', value: 0.9 },
      ...{ low: 0.85, high: 0.95, n: 900, labelled_n: 300, label_coverage: 0.33, label_lag_s: 60 },
      ...{ status: 'provisional', settled_status: 'measured', mature_at: time },
      window_version: NEWEST,
    })),
  );

const binRows = (now: number): Record<'ml_bins' | 'ml_baselines' | 'ml_feature_windows', Row[]> => {
  const created = text(now - 24 * HOUR);
  const counts = [10, 20, 30, 40, 0];
  const of = MODELS.flatMap((model) => FEATURES.map((feature) => ({ model, feature })));
  const identity = { tenant: 'default', environment: 'prod' };
  return {
    ml_bins: of.map((one) => ({
      ...{ ...identity, ...one, bins_version: 1, kind: 'number', edges: [1, 2] },
      ...{ created_at: created, row_version: 1 },
    })),
    ml_baselines: of.flatMap((one) =>
      SEGMENTS.map((segment) => ({
        ...{ ...identity, ...one, version: 'v1', segment, baseline: 'b1', bins_version: 1 },
        ...{ n: 100, counts, sums: counts, from_time: created, to_time: created, source: 'auto' },
        ...{ created_at: created, row_version: 1 },
      })),
    ),
    ml_feature_windows: cells(now).flatMap(({ key, segment, time }) =>
      FEATURES.map((feature) => ({
        ...{ ...key, segment, time, feature, bins_version: 1, window_minutes: 5, n: 100 },
        ...{ counts, sums: counts, window_version: 1 },
      })),
    ),
  };
};

const storyRows = (
  now: number,
): Record<'ml_model_events' | 'ml_alert_events' | 'ml_audit', Row[]> => {
  const time = text(now - HOUR);
  const key = { tenant: 'default', environment: 'prod', model: 'fraud', version: 'v1' };
  const kinds = ['deployed', 'stage_changed', 'silent_change', 'baseline_created', 'annotation'];
  return {
    ml_model_events: kinds.map((event) => ({
      ...{ ...key, time, event_id: event, event, text: `it was ${event}`, actor: 'eve' },
      evidence: '{}',
    })),
    ml_alert_events: ['firing', 'resolved'].map((state) => ({
      ...{ ...key, time, event_id: state, rule_uid: 'r1', rule: 'Drift', state },
      ...{ labels: { model: 'fraud' }, evidence: '{"effect":1.5}', starts_at: time },
    })),
    ml_audit: [
      {
        ...{ ...key, time, audit_id: 'a1', row_version: 1, actor_name: 'Eve', role: 'Editor' },
        ...{ action: 'labels.add', object: 'fraud', outcome: 'done', status: 200 },
      },
    ],
  };
};

/**
 * What the monitor, Grafana's contact point and the API leave behind, for two models with two features and two segments in
 * the last hours before `now`, straight into the tables: how it comes about is tested where it is made.
 */
export async function insertMonitorRows(client: ClickHouseClient, now: number): Promise<void> {
  const tables: Record<string, Row[]> = {
    ml_drift: driftRows(now),
    ml_quality: qualityRows(now),
    ml_performance: performanceRows(now),
    ...binRows(now),
    ...storyRows(now),
  };
  for (const [table, values] of Object.entries(tables)) {
    await client.insert({
      table,
      columns: Object.keys(values[0]!) as [string, ...string[]],
      values,
      format: 'JSONEachRow',
    });
  }
}

/** Points of the processor's own metrics, a minute apart; those of the kinds that a dashboard asks for. */
export async function insertOwnMetrics(
  client: ClickHouseClient,
  metrics: readonly string[],
  now: number,
): Promise<void> {
  const histogram = (name: string): string => name.replace(/_(count|sum)$/, '');
  const resource = `map('service.instance.id', 'i1', 'deployment.environment.name', 'prod')`;
  const at = `fromUnixTimestamp64Milli(toInt64(${now})) - toIntervalMinute(10 - number)`;
  const insert = (table: string, names: readonly string[], columns: string, values: string) =>
    client.command({
      query: `INSERT INTO otel_metrics_${table} (ServiceName, ResourceAttributes, MetricName, TimeUnix, ${columns})
SELECT 'plumbline', ${resource}, name, ${at}, ${values} FROM numbers(10)
ARRAY JOIN [${names.map((name) => `'${name}'`).join(', ')}] AS name`,
    });
  const counters = metrics.filter((name) => name.endsWith('_total'));
  const histograms = metrics.filter((name) => /_(count|sum)$/.test(name)).map(histogram);
  const gauges = metrics.filter((name) => !/_(total|count|sum)$/.test(name));
  await insert('sum', counters, 'Attributes, Value', "map('reason', 'too_large'), number * 60");
  await insert('gauge', gauges, 'Value', 'number');
  await insert('histogram', [...new Set(histograms)], 'Count, Sum', 'number, number / 10');
}

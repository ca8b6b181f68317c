import type { ClickHouseClient } from '@clickhouse/client';
import { ML_RECORD_COLUMNS } from '@plumbline/schemas';

const HOUR = 3_600_000;

interface ViewRows {
  /** The end of the newest hour, in milliseconds since 1970. */
  readonly end: number;
  /** How many hours before `end` the oldest records have. */
  readonly hours: number;
  /** The models that records, drift and feature windows take in turn. */
  readonly models: readonly string[];
}

/**
 * Fills the tables behind the views, each with well over ten granules as after weeks, so that a plan shows whether
 * a view reads by its keys. The calls themselves and their windows are left to the caller.
 */
export async function insertViewRows(
  client: ClickHouseClient,
  { end, hours, models }: ViewRows,
): Promise<void> {
  const run = (query: string) => client.command({ query });
  const oldest = end - hours * HOUR;
  const names = models.map((model) => `'${model}'`).join(', ');
  const model = `[${names}][number % ${models.length} + 1]`;
  await run(`INSERT INTO ml_traffic_windows (tenant, environment, model, version, time, service, rows)
SELECT 'default', 'prod', 'churn', 'v1', fromUnixTimestamp64Milli(toInt64(${oldest})) - toIntervalMinute(number % 20000), toString(number % 7), 1
FROM numbers(140000)`);
  for (const table of Object.keys(ML_RECORD_COLUMNS)) {
    await run(`INSERT INTO ${table} (tenant, environment, model, version, time, inference_id, record_id)
SELECT 'default', 'prod', ${model}, 'v1',
  fromUnixTimestamp64Milli(toInt64(${oldest})) + toIntervalMillisecond(number * 200), toString(number), toString(number)
FROM numbers(180000)`);
  }
  await run(`INSERT INTO ml_drift (tenant, environment, model, version, time, feature, window_minutes)
SELECT 'default', 'prod', ${model}, 'v1',
  fromUnixTimestamp64Milli(toInt64(${oldest})) + toIntervalMillisecond(number * 200), if(number % 5 = 0, '', toString(number % 5)), 60
FROM numbers(180000)`);
  await run(`INSERT INTO ml_feature_windows (tenant, environment, model, version, time, feature, window_minutes, n)
SELECT 'default', 'prod', ${model}, 'v1',
  fromUnixTimestamp64Milli(toInt64(${oldest})) + toIntervalMillisecond(number * 200), toString(number % 5), 5, 1
FROM numbers(180000)`);
  await run(`INSERT INTO ml_usage_windows (tenant, environment, model, version, time, from_time, service, rows)
SELECT 'default', 'prod', 'churn', 'v1', fromUnixTimestamp64Milli(toInt64(${oldest})) - toIntervalMinute(number % 20000) AS time, time, toString(number % 7), 1
FROM numbers(140000)`);
  await run(`INSERT INTO ml_performance (tenant, environment, model, version, time, segment, metric, n)
SELECT 'default', 'prod', 'churn', 'v1', fromUnixTimestamp64Milli(toInt64(${oldest})) - toIntervalHour(number % 300), toString(number), 'mae', 1
FROM numbers(140000)`);
  await run(`INSERT INTO ml_quality (tenant, environment, model, version, time, feature, check)
SELECT 'default', 'prod', 'churn', 'v1', fromUnixTimestamp64Milli(toInt64(${oldest})) - toIntervalHour(number % 300), toString(number), 'missing'
FROM numbers(140000)`);
  for (const table of ['gauge', 'sum', 'histogram']) {
    await run(`INSERT INTO otel_metrics_${table} (ServiceName, MetricName, TimeUnix)
SELECT if(number % 10 = 0, 'plumbline', 'other'), 'metric_' || toString(number % 7), fromUnixTimestamp(toInt64(${end / 1000})) - number
FROM numbers(200000)`);
  }
  await run(`INSERT INTO ml_prices (tenant, provider, model_match, model_id, bucket, currency, valid_from, valid_to, source, price_version)
VALUES ('', 'openai', 'equals:gpt-4o', 'gpt-4o', 'input', 'USD', '2024-01-01 00:00:00', '2106-01-01 00:00:00', 'book', 'p1')`);
}

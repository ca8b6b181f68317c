import type { Column } from './column';

/** Columns of `ml_metric_usage` in the order of the table. */
export const ML_METRIC_USAGE_COLUMNS = [
  ['tenant', 'LowCardinality(String)'],
  ['environment', 'LowCardinality(String)'],
  ['model', 'LowCardinality(String)'],
  ['version', 'LowCardinality(String)'],
  ['time', 'DateTime64(3)'],
  ['series', 'UInt64'],
  ['start_time', 'DateTime64(3)'],
  ['resource', 'UInt64'],
  ['metric', 'LowCardinality(String)'],
  ['quantity', 'LowCardinality(String)'],
  ['bucket', 'LowCardinality(String)'],
  ['service', 'LowCardinality(String)'],
  ['team', 'LowCardinality(String)'],
  ['route', 'LowCardinality(String)'],
  ['provider', 'LowCardinality(String)'],
  ['operation', 'LowCardinality(String)'],
  ['model_type', 'LowCardinality(String)'],
  ['service_tier', 'LowCardinality(String)'],
  ['server_address', 'LowCardinality(String)'],
  ['error_type', 'LowCardinality(String)'],
  ['rollup', 'UInt8'],
  ['cumulative', 'UInt8'],
  ['count', 'UInt64'],
  ['sum', 'Float64'],
  ['bounds', 'Array(Float64)'],
  ['bucket_counts', 'Array(UInt64)'],
  ['received_at', 'DateTime64(3)'],
  ['written_at', 'DateTime64(3)'],
] as const satisfies readonly Column[];

/** The columns that a writer sends; the engine sets `written_at`, by which the monitor's job finds new points. */
export const ML_METRIC_USAGE_INSERTED = ML_METRIC_USAGE_COLUMNS.filter(
  ([name]) => name !== 'written_at',
);

/** Columns of `ml_usage_windows` in the order of the table. */
export const ML_USAGE_WINDOWS_COLUMNS = [
  ['tenant', 'LowCardinality(String)'],
  ['environment', 'LowCardinality(String)'],
  ['model', 'LowCardinality(String)'],
  ['version', 'LowCardinality(String)'],
  ['time', 'DateTime64(3)'],
  ['service', 'LowCardinality(String)'],
  ['team', 'LowCardinality(String)'],
  ['route', 'LowCardinality(String)'],
  ['provider', 'LowCardinality(String)'],
  ['service_tier', 'LowCardinality(String)'],
  ['currency', 'LowCardinality(String)'],
  ['model_type', 'LowCardinality(String)'],
  ['rows', 'UInt64'],
  ['requests', 'Float64'],
  ['errors', 'Float64'],
  ['priced_requests', 'Float64'],
  ['unpriced_requests', 'Float64'],
  ['tokens', 'Map(String, Float64)'],
  ['priced_tokens', 'Map(String, Float64)'],
  ['unpriced_tokens', 'Map(String, Float64)'],
  ['costs', 'Map(String, Decimal(38, 9))'],
  ['cost', 'Nullable(Decimal(38, 9))'],
  ['cost_low', 'Nullable(Decimal(38, 9))'],
  ['cost_high', 'Nullable(Decimal(38, 9))'],
  ['cost_status', 'LowCardinality(String)'],
  ['price_version', 'LowCardinality(String)'],
  ['price_rule', 'LowCardinality(String)'],
  ['latency', 'AggregateFunction(quantilesTDigestWeighted(0.5, 0.95, 0.99), Float64, UInt64)'],
  ['from_time', 'DateTime64(3)'],
  ['first_time', 'DateTime64(3)'],
  ['last_time', 'DateTime64(3)'],
  ['window_version', 'UInt128'],
  ['computed_at', 'DateTime64(3)'],
] as const satisfies readonly Column[];

/** Columns of `ml_span_hours` in the order of the table. */
export const ML_SPAN_HOURS_COLUMNS = [
  ['tenant', 'LowCardinality(String)'],
  ['environment', 'LowCardinality(String)'],
  ['service', 'LowCardinality(String)'],
  ['name', 'LowCardinality(String)'],
  ['hour', 'DateTime'],
  ['rows', 'UInt64'],
  ['computed_at', 'DateTime64(3)'],
] as const satisfies readonly Column[];

import type { Column } from './column';

/** Columns that all `otel_metrics_…` tables begin with. */
const COMMON = [
  ['ResourceAttributes', 'Map(LowCardinality(String), String)'],
  ['ResourceSchemaUrl', 'String'],
  ['ScopeName', 'String'],
  ['ScopeVersion', 'String'],
  ['ScopeAttributes', 'Map(LowCardinality(String), String)'],
  ['ScopeDroppedAttrCount', 'UInt32'],
  ['ScopeSchemaUrl', 'String'],
  ['ServiceName', 'LowCardinality(String)'],
  ['MetricName', 'LowCardinality(String)'],
  ['MetricDescription', 'String'],
  ['MetricUnit', 'String'],
  ['Attributes', 'Map(LowCardinality(String), String)'],
  ['StartTimeUnix', 'DateTime'],
  ['TimeUnix', 'DateTime'],
] as const satisfies readonly Column[];

const EXEMPLARS = [
  ['Exemplars.FilteredAttributes', 'Array(Map(LowCardinality(String), String))'],
  ['Exemplars.TimeUnix', 'Array(DateTime)'],
  ['Exemplars.Value', 'Array(Float64)'],
  ['Exemplars.SpanId', 'Array(String)'],
  ['Exemplars.TraceId', 'Array(String)'],
] as const satisfies readonly Column[];

const HISTOGRAM_END = [
  ...EXEMPLARS,
  ['Flags', 'UInt32'],
  ['Min', 'Float64'],
  ['Max', 'Float64'],
  ['AggregationTemporality', 'Int32'],
] as const satisfies readonly Column[];

/** Columns of the five metric tables as the exporter orders and inserts them; each `Nested` is one array per field. */
export const OTEL_METRICS_COLUMNS = {
  otel_metrics_gauge: [...COMMON, ['Value', 'Float64'], ['Flags', 'UInt32'], ...EXEMPLARS],
  otel_metrics_sum: [
    ...COMMON,
    ['Value', 'Float64'],
    ['Flags', 'UInt32'],
    ...EXEMPLARS,
    ['AggregationTemporality', 'Int32'],
    ['IsMonotonic', 'Bool'],
  ],
  otel_metrics_histogram: [
    ...COMMON,
    ['Count', 'UInt64'],
    ['Sum', 'Float64'],
    ['BucketCounts', 'Array(UInt64)'],
    ['ExplicitBounds', 'Array(Float64)'],
    ...HISTOGRAM_END,
  ],
  otel_metrics_exponential_histogram: [
    ...COMMON,
    ['Count', 'UInt64'],
    ['Sum', 'Float64'],
    ['Scale', 'Int32'],
    ['ZeroCount', 'UInt64'],
    ['PositiveOffset', 'Int32'],
    ['PositiveBucketCounts', 'Array(UInt64)'],
    ['NegativeOffset', 'Int32'],
    ['NegativeBucketCounts', 'Array(UInt64)'],
    ...HISTOGRAM_END,
  ],
  otel_metrics_summary: [
    ...COMMON,
    ['Count', 'UInt64'],
    ['Sum', 'Float64'],
    ['ValueAtQuantiles.Quantile', 'Array(Float64)'],
    ['ValueAtQuantiles.Value', 'Array(Float64)'],
    ['Flags', 'UInt32'],
  ],
} as const satisfies Record<string, readonly Column[]>;

import type { Column } from './column';

/** Columns of `ml_feature_windows` in the order of the table. */
export const ML_FEATURE_WINDOWS_COLUMNS = [
  ['tenant', 'LowCardinality(String)'],
  ['environment', 'LowCardinality(String)'],
  ['model', 'LowCardinality(String)'],
  ['version', 'LowCardinality(String)'],
  ['segment', 'LowCardinality(String)'],
  ['feature', 'LowCardinality(String)'],
  ['time', 'DateTime64(3)'],
  ['bins_version', 'UInt64'],
  ['window_minutes', 'UInt16'],
  ['n', 'UInt64'],
  ['counts', 'Array(UInt64)'],
  ['sums', 'Array(Float64)'],
  ['sum', 'Float64'],
  ['sum_squares', 'Float64'],
  ['minimum', 'Nullable(Float64)'],
  ['maximum', 'Nullable(Float64)'],
  ['window_version', 'UInt128'],
  ['computed_at', 'DateTime64(3)'],
] as const satisfies readonly Column[];

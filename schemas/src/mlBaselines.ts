import type { Column } from './column';

/** Columns of `ml_baselines` in the order of the table. */
export const ML_BASELINES_COLUMNS = [
  ['tenant', 'LowCardinality(String)'],
  ['environment', 'LowCardinality(String)'],
  ['model', 'LowCardinality(String)'],
  ['version', 'LowCardinality(String)'],
  ['segment', 'LowCardinality(String)'],
  ['feature', 'LowCardinality(String)'],
  ['baseline', 'String'],
  ['bins_version', 'UInt64'],
  ['n', 'UInt64'],
  ['counts', 'Array(UInt64)'],
  ['sums', 'Array(Float64)'],
  ['sum', 'Float64'],
  ['sum_squares', 'Float64'],
  ['minimum', 'Nullable(Float64)'],
  ['maximum', 'Nullable(Float64)'],
  ['from_time', 'DateTime64(3)'],
  ['to_time', 'DateTime64(3)'],
  ['source', 'LowCardinality(String)'],
  ['pinned', 'UInt8'],
  ['expired', 'UInt8'],
  ['created_at', 'DateTime64(3)'],
  ['row_version', 'UInt64'],
] as const satisfies readonly Column[];

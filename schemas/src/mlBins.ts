import type { Column } from './column';

/** Columns of `ml_bins` in the order of the table. */
export const ML_BINS_COLUMNS = [
  ['tenant', 'LowCardinality(String)'],
  ['environment', 'LowCardinality(String)'],
  ['model', 'LowCardinality(String)'],
  ['feature', 'LowCardinality(String)'],
  ['bins_version', 'UInt64'],
  ['kind', 'LowCardinality(String)'],
  ['edges', 'Array(Float64)'],
  ['atoms', 'Array(Float64)'],
  ['categories', 'Array(String)'],
  ['rare', 'Array(String)'],
  ['created_at', 'DateTime64(3)'],
  ['row_version', 'UInt64'],
] as const satisfies readonly Column[];

import type { Column } from './column';

/** Columns of `ml_answer_windows` in the order of the table. */
export const ML_ANSWER_WINDOWS_COLUMNS = [
  ['tenant', 'LowCardinality(String)'],
  ['environment', 'LowCardinality(String)'],
  ['model', 'LowCardinality(String)'],
  ['version', 'LowCardinality(String)'],
  ['time', 'DateTime64(3)'],
  ['provider', 'LowCardinality(String)'],
  ['service', 'LowCardinality(String)'],
  ['rows', 'UInt64'],
  ['told', 'UInt64'],
  ['first_time', 'DateTime64(3)'],
  ['fingerprints', 'Map(String, UInt64)'],
  ['finish_reasons', 'Map(String, UInt64)'],
  ['refusals_told', 'UInt64'],
  ['refusals', 'UInt64'],
  ['length_moments', 'Array(Float64)'],
  ['density_moments', 'Array(Float64)'],
  ['first_chunk_moments', 'Array(Float64)'],
  ['window_version', 'UInt128'],
  ['computed_at', 'DateTime64(3)'],
] as const satisfies readonly Column[];

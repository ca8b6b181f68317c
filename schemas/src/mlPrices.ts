import type { Column } from './column';

/** Columns of `ml_prices` in the order of the table. */
export const ML_PRICES_COLUMNS = [
  ['tenant', 'LowCardinality(String)'],
  ['provider', 'LowCardinality(String)'],
  ['model_match', 'String'],
  ['model_id', 'String'],
  ['service_tier', 'LowCardinality(String)'],
  ['bucket', 'LowCardinality(String)'],
  ['price_per_million', 'Nullable(Decimal(18, 9))'],
  ['tier_start_tokens', 'UInt64'],
  ['currency', 'LowCardinality(String)'],
  ['valid_from', 'DateTime'],
  ['valid_to', 'DateTime'],
  ['source', 'LowCardinality(String)'],
  ['price_version', 'LowCardinality(String)'],
  ['rule', 'String'],
  ['written_at', 'DateTime64(3)'],
] as const satisfies readonly Column[];

/** The columns that a writer sends; the engine sets `written_at`. */
export const ML_PRICES_INSERTED = ML_PRICES_COLUMNS.filter(([name]) => name !== 'written_at');

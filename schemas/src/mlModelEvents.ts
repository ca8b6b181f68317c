import type { Column } from './column';

const WHAT = [
  ['version', 'LowCardinality(String)'],
  ['event', 'LowCardinality(String)'],
  ['text', 'String'],
  ['actor', 'String'],
  ['evidence', 'String'],
] as const satisfies readonly Column[];

const MODEL = [
  ['tenant', 'LowCardinality(String)'],
  ['environment', 'LowCardinality(String)'],
  ['model', 'LowCardinality(String)'],
] as const satisfies readonly Column[];

/** Columns of `ml_model_events` in the order of the table. */
export const ML_MODEL_EVENTS_COLUMNS = [
  ...MODEL,
  ['event_id', 'String'],
  ['time', 'DateTime64(3)'],
  ...WHAT,
  ['written_at', 'DateTime64(3)'],
  ['row_version', 'UInt64'],
] as const satisfies readonly Column[];

/** Columns of `v_model_events`. */
export const V_MODEL_EVENTS_COLUMNS = [
  ['time', 'DateTime64(3)'],
  ...MODEL,
  ...WHAT,
] as const satisfies readonly Column[];

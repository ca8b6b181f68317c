import type { Column } from './column';

/** What every table of records begins with, in the order of the table. */
const RECORD = [
  ['tenant', 'LowCardinality(String)'],
  ['environment', 'LowCardinality(String)'],
  ['model', 'LowCardinality(String)'],
  ['version', 'LowCardinality(String)'],
  ['time', 'DateTime64(3)'],
  ['inference_id', 'String'],
  ['record_id', 'String'],
  ['received_at', 'DateTime64(3)'],
  ['written_at', 'DateTime64(3)'],
  ['row_version', 'UInt64'],
  ['trace_id', 'String'],
  ['span_id', 'String'],
  ['service', 'LowCardinality(String)'],
  ['clock_skew', 'UInt8'],
] as const satisfies readonly Column[];

/** The tables of what is told about predictions, with the columns of each in the order of the table. */
export const ML_RECORD_COLUMNS = {
  ml_labels: [
    ...RECORD,
    ['value', 'Nullable(Float64)'],
    ['label', 'String'],
    ['source', 'LowCardinality(String)'],
  ],
  ml_feedback: [
    ...RECORD,
    ['score', 'Nullable(Float64)'],
    ['text', 'String'],
    ['source', 'LowCardinality(String)'],
    ['problem', 'LowCardinality(String)'],
  ],
  ml_explanations: [
    ...RECORD,
    ['attributions', 'Map(LowCardinality(String), Float64)'],
    ['base_value', 'Nullable(Float64)'],
    ['method', 'LowCardinality(String)'],
    ['problem', 'LowCardinality(String)'],
  ],
  ml_evaluations: [
    ...RECORD,
    ['name', 'LowCardinality(String)'],
    ['score', 'Nullable(Float64)'],
    ['label', 'LowCardinality(String)'],
    ['explanation', 'String'],
    ['error_type', 'LowCardinality(String)'],
    ['response_id', 'String'],
    ['problem', 'LowCardinality(String)'],
  ],
  ml_flags: [
    ...RECORD,
    ['flag_key', 'LowCardinality(String)'],
    ['variant', 'LowCardinality(String)'],
    ['value', 'String'],
    ['flag_provider', 'LowCardinality(String)'],
    ['flag_set', 'LowCardinality(String)'],
    ['flag_version', 'LowCardinality(String)'],
    ['context_id', 'String'],
    ['reason', 'LowCardinality(String)'],
    ['error_type', 'LowCardinality(String)'],
  ],
} as const satisfies Record<string, readonly Column[]>;

export type MlRecordTable = keyof typeof ML_RECORD_COLUMNS;

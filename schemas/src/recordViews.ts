import type { Column } from './column';

/** What every view of records begins with. */
const RECORD = [
  ['time', 'DateTime64(3)'],
  ['tenant', 'LowCardinality(String)'],
  ['environment', 'LowCardinality(String)'],
  ['model', 'LowCardinality(String)'],
  ['version', 'LowCardinality(String)'],
  ['inference_id', 'String'],
  ['trace_id', 'String'],
  ['span_id', 'String'],
  ['service', 'LowCardinality(String)'],
] as const satisfies readonly Column[];

/** The views of what is told about predictions: one row per record. */
export const RECORD_VIEWS = {
  v_labels: [
    ...RECORD,
    ['value', 'Nullable(Float64)'],
    ['label', 'String'],
    ['source', 'LowCardinality(String)'],
    ['received_at', 'DateTime64(3)'],
  ],
  v_feedback: [
    ...RECORD,
    ['score', 'Nullable(Float64)'],
    ['text', 'String'],
    ['source', 'LowCardinality(String)'],
    ['problem', 'LowCardinality(String)'],
    ['received_at', 'DateTime64(3)'],
  ],
  v_explanations: [
    ...RECORD,
    ['attributions', 'Map(LowCardinality(String), Float64)'],
    ['base_value', 'Nullable(Float64)'],
    ['method', 'LowCardinality(String)'],
    ['problem', 'LowCardinality(String)'],
    ['received_at', 'DateTime64(3)'],
  ],
  v_evaluations: [
    ...RECORD,
    ['name', 'LowCardinality(String)'],
    ['score', 'Nullable(Float64)'],
    ['label', 'LowCardinality(String)'],
    ['explanation', 'String'],
    ['error_type', 'LowCardinality(String)'],
    ['response_id', 'String'],
    ['problem', 'LowCardinality(String)'],
    ['received_at', 'DateTime64(3)'],
  ],
  v_flags: [
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
    ['received_at', 'DateTime64(3)'],
  ],
} as const satisfies Record<string, readonly Column[]>;

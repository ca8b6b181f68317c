import type { Column } from './column';

const IDENTITY = [
  ['environment', 'LowCardinality(String)'],
  ['model', 'LowCardinality(String)'],
  ['version', 'LowCardinality(String)'],
] as const satisfies readonly Column[];

const DEED = [
  ['actor', 'String'],
  ['actor_id', 'String'],
  ['actor_name', 'String'],
  ['role', 'LowCardinality(String)'],
  ['via', 'LowCardinality(String)'],
  ['action', 'LowCardinality(String)'],
  ['object', 'String'],
  ['request', 'String'],
  ['outcome', 'LowCardinality(String)'],
  ['status', 'UInt16'],
  ['reason', 'String'],
] as const satisfies readonly Column[];

/** Columns of `ml_audit` in the order of the table. */
export const ML_AUDIT_COLUMNS = [
  ['tenant', 'LowCardinality(String)'],
  ['time', 'DateTime64(3)'],
  ['audit_id', 'String'],
  ['written_at', 'DateTime64(3)'],
  ['row_version', 'UInt64'],
  ...IDENTITY,
  ...DEED,
  ['idempotency_key', 'String'],
  ['request_hash', 'String'],
  ['answer', 'String'],
] as const satisfies readonly Column[];

/** Columns of `v_audit`: what people may read of it. */
export const V_AUDIT_COLUMNS = [
  ['time', 'DateTime64(3)'],
  ['tenant', 'LowCardinality(String)'],
  ...IDENTITY,
  ['audit_id', 'String'],
  ...DEED,
] as const satisfies readonly Column[];

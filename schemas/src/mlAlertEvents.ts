import type { Column } from './column';

const KEY = [
  ['tenant', 'LowCardinality(String)'],
  ['environment', 'LowCardinality(String)'],
  ['model', 'LowCardinality(String)'],
  ['version', 'LowCardinality(String)'],
] as const satisfies readonly Column[];

const CHANGE = [
  ['rule_uid', 'LowCardinality(String)'],
  ['rule', 'LowCardinality(String)'],
  ['state', 'LowCardinality(String)'],
  ['labels', 'Map(LowCardinality(String), String)'],
  ['evidence', 'String'],
  ['starts_at', 'DateTime64(3)'],
  ['ends_at', 'Nullable(DateTime64(3))'],
] as const satisfies readonly Column[];

/** Columns of `ml_alert_events` in the order of the table. */
export const ML_ALERT_EVENTS_COLUMNS = [
  ...KEY,
  ['time', 'DateTime64(3)'],
  ['event_id', 'String'],
  ...CHANGE,
  ['received_at', 'DateTime64(3)'],
  ['row_version', 'UInt64'],
] as const satisfies readonly Column[];

/** Columns of `v_alert_events`: one row per state change of an alert. */
export const V_ALERT_EVENTS_COLUMNS = [
  ['time', 'DateTime64(3)'],
  ...KEY,
  ...CHANGE,
] as const satisfies readonly Column[];

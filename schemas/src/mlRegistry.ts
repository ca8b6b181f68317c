import type { Column } from './column';

const KEY = [
  ['tenant', 'LowCardinality(String)'],
  ['environment', 'LowCardinality(String)'],
  ['model', 'LowCardinality(String)'],
  ['version', 'LowCardinality(String)'],
] as const satisfies readonly Column[];

const CHANGE = [
  ['change_id', 'String'],
  ['from_stage', 'LowCardinality(String)'],
  ['to_stage', 'LowCardinality(String)'],
  ['reason', 'String'],
  ['checks', 'String'],
  ['actor', 'String'],
  ['actor_name', 'String'],
] as const satisfies readonly Column[];

/** Columns of `ml_stage_changes` in the order of the table. */
export const ML_STAGE_CHANGES_COLUMNS = [
  ...KEY,
  ['time', 'DateTime64(3)'],
  ...CHANGE,
  ['row_version', 'UInt64'],
] as const satisfies readonly Column[];

/** Columns of `ml_model_metadata` in the order of the table. */
export const ML_MODEL_METADATA_COLUMNS = [
  ...KEY,
  ['owner', 'String'],
  ['team', 'String'],
  ['description', 'String'],
  ['links', 'Map(String, String)'],
  ['tags', 'Map(String, String)'],
  ['card', 'String'],
  ['created_at', 'DateTime64(3)'],
  ['updated_at', 'DateTime64(3)'],
  ['actor', 'String'],
  ['actor_name', 'String'],
  ['row_version', 'UInt64'],
] as const satisfies readonly Column[];

/** The views of the registry: what people said about models. */
export const REGISTRY_VIEWS = {
  v_stage_changes: [['time', 'DateTime64(3)'], ...KEY, ...CHANGE],
  v_registry: [
    ['time', 'DateTime64(3)'],
    ...KEY,
    ['stage', 'String'],
    ['stage_since', 'Nullable(DateTime64(3))'],
    ['stage_reason', 'String'],
    ['stage_actor', 'String'],
    ['owner', 'String'],
    ['team', 'String'],
    ['description', 'String'],
    ['links', 'Map(String, String)'],
    ['tags', 'Map(String, String)'],
    ['card', 'String'],
    ['updated_by', 'String'],
  ],
} as const satisfies Record<string, readonly Column[]>;

import type { Column } from './column';

/** Columns of `ml_models` in the order of the table. */
export const ML_MODELS_COLUMNS = [
  ['tenant', 'LowCardinality(String)'],
  ['environment', 'LowCardinality(String)'],
  ['model', 'LowCardinality(String)'],
  ['first_seen', 'SimpleAggregateFunction(min, DateTime64(3))'],
  ['last_seen', 'SimpleAggregateFunction(max, DateTime64(3))'],
  ['versions', 'SimpleAggregateFunction(groupUniqArrayArray, Array(String))'],
] as const satisfies readonly Column[];

/** Columns of `ml_model_versions` in the order of the table. */
export const ML_MODEL_VERSIONS_COLUMNS = [
  ['tenant', 'LowCardinality(String)'],
  ['environment', 'LowCardinality(String)'],
  ['model', 'LowCardinality(String)'],
  ['version', 'LowCardinality(String)'],
  ['first_seen', 'SimpleAggregateFunction(min, DateTime64(3))'],
  ['last_seen', 'SimpleAggregateFunction(max, DateTime64(3))'],
  ['model_type', 'AggregateFunction(argMax, String, DateTime64(3))'],
  ['provider', 'AggregateFunction(argMax, String, DateTime64(3))'],
  ['team', 'AggregateFunction(argMax, String, DateTime64(3))'],
  ['services', 'SimpleAggregateFunction(groupUniqArrayArray, Array(String))'],
] as const satisfies readonly Column[];

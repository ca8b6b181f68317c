-- Models and their versions as telemetry shows them. Fed by the monitor's job with aggregates that may be added twice
-- without harm (smallest, largest, union, newest), never by counting.
CREATE TABLE IF NOT EXISTS ml_models (
  tenant LowCardinality(String),
  environment LowCardinality(String),
  model LowCardinality(String),
  first_seen SimpleAggregateFunction(min, DateTime64(3)),
  last_seen SimpleAggregateFunction(max, DateTime64(3)),
  versions SimpleAggregateFunction(groupUniqArrayArray, Array(String))
) ENGINE = AggregatingMergeTree
ORDER BY (tenant, environment, model);

CREATE TABLE IF NOT EXISTS ml_model_versions (
  tenant LowCardinality(String),
  environment LowCardinality(String),
  model LowCardinality(String),
  version LowCardinality(String),
  first_seen SimpleAggregateFunction(min, DateTime64(3)),
  last_seen SimpleAggregateFunction(max, DateTime64(3)),
  model_type AggregateFunction(argMax, String, DateTime64(3)),
  provider AggregateFunction(argMax, String, DateTime64(3)),
  team AggregateFunction(argMax, String, DateTime64(3)),
  services SimpleAggregateFunction(groupUniqArrayArray, Array(String))
) ENGINE = AggregatingMergeTree
ORDER BY (tenant, environment, model, version);

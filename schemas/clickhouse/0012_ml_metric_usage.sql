-- Data points of the metrics that tell usage of models, as reported: a cumulative stream keeps its running totals, because
-- replicas hold no state from which a difference could be made. The job of the monitor makes differences of them
-- (monitor/usage). A point that is delivered twice is one row: `series` is a hash of metric, resource, scope and attributes,
-- `resource` one of the resource alone. Times of no value are 1970. Durations are milliseconds, whatever unit was told.
CREATE TABLE IF NOT EXISTS ml_metric_usage (
  tenant LowCardinality(String),
  environment LowCardinality(String),
  model LowCardinality(String),
  version LowCardinality(String),
  time DateTime64(3) CODEC(Delta, ZSTD(1)),
  series UInt64 CODEC(ZSTD(1)),
  start_time DateTime64(3) CODEC(Delta, ZSTD(1)),
  resource UInt64 CODEC(ZSTD(1)),
  metric LowCardinality(String),
  quantity LowCardinality(String),
  bucket LowCardinality(String),
  service LowCardinality(String),
  team LowCardinality(String),
  route LowCardinality(String),
  provider LowCardinality(String),
  operation LowCardinality(String),
  model_type LowCardinality(String),
  service_tier LowCardinality(String),
  server_address LowCardinality(String),
  error_type LowCardinality(String),
  rollup UInt8,
  cumulative UInt8,
  count UInt64 CODEC(ZSTD(1)),
  sum Float64 CODEC(ZSTD(1)),
  bounds Array(Float64) CODEC(ZSTD(1)),
  bucket_counts Array(UInt64) CODEC(ZSTD(1)),
  received_at DateTime64(3) CODEC(Delta, ZSTD(1)),
  written_at DateTime64(3) DEFAULT now64(3) CODEC(Delta, ZSTD(1)),
  INDEX idx_written_at written_at TYPE minmax GRANULARITY 1
) ENGINE = ReplacingMergeTree(received_at)
PARTITION BY toDate(time)
ORDER BY (tenant, environment, model, version, time, series, start_time)
SETTINGS ttl_only_drop_parts = 1;

-- What the metrics of a minute tell, priced: the columns of ml_traffic_windows, so that views can read both. `from_time` is
-- where the oldest of its differences begins. The labels of a point never change, so no row ever has to be taken back; the
-- currency is not in the key, because a new price may bring another one.
CREATE TABLE IF NOT EXISTS ml_usage_windows (
  tenant LowCardinality(String),
  environment LowCardinality(String),
  model LowCardinality(String),
  version LowCardinality(String),
  time DateTime64(3) CODEC(Delta, ZSTD(1)),
  service LowCardinality(String),
  team LowCardinality(String),
  route LowCardinality(String),
  provider LowCardinality(String),
  service_tier LowCardinality(String),
  currency LowCardinality(String),
  model_type LowCardinality(String),
  rows UInt64 CODEC(ZSTD(1)),
  requests Float64 CODEC(ZSTD(1)),
  errors Float64 CODEC(ZSTD(1)),
  priced_requests Float64 CODEC(ZSTD(1)),
  unpriced_requests Float64 CODEC(ZSTD(1)),
  tokens Map(String, Float64) CODEC(ZSTD(1)),
  priced_tokens Map(String, Float64) CODEC(ZSTD(1)),
  unpriced_tokens Map(String, Float64) CODEC(ZSTD(1)),
  costs Map(String, Decimal(38, 9)) CODEC(ZSTD(1)),
  cost Nullable(Decimal(38, 9)) CODEC(ZSTD(1)),
  cost_low Nullable(Decimal(38, 9)) CODEC(ZSTD(1)),
  cost_high Nullable(Decimal(38, 9)) CODEC(ZSTD(1)),
  cost_status LowCardinality(String),
  price_version LowCardinality(String),
  price_rule LowCardinality(String),
  latency AggregateFunction(quantilesTDigestWeighted(0.5, 0.95, 0.99), Float64, UInt64) CODEC(ZSTD(1)),
  from_time DateTime64(3) CODEC(Delta, ZSTD(1)),
  first_time DateTime64(3) CODEC(Delta, ZSTD(1)),
  last_time DateTime64(3) CODEC(Delta, ZSTD(1)),
  window_version UInt128 CODEC(ZSTD(1)),
  computed_at DateTime64(3) DEFAULT now64(3) CODEC(Delta, ZSTD(1))
) ENGINE = ReplacingMergeTree(window_version)
PARTITION BY toDate(time)
ORDER BY (tenant, environment, model, version, time, service, team, route, provider, service_tier)
SETTINGS ttl_only_drop_parts = 1;

-- The hours in which a service told of a model by spans, so that its metrics of the same calls are left out. `name` is the
-- model, its version (the two conventions may disagree on which of them the model is) or empty: any model. It is small, for
-- every query of the views reads all of it.
CREATE TABLE IF NOT EXISTS ml_span_hours (
  tenant LowCardinality(String),
  environment LowCardinality(String),
  service LowCardinality(String),
  name LowCardinality(String),
  hour DateTime,
  rows UInt64,
  computed_at DateTime64(3)
) ENGINE = ReplacingMergeTree(computed_at)
ORDER BY (tenant, environment, service, name, hour);

INSERT INTO ml_span_hours
SELECT tenant, environment, service, name, toStartOfHour(time) AS hour, sum(rows), max(computed_at)
FROM ml_traffic_windows FINAL
ARRAY JOIN arrayDistinct(['', toString(model), toString(version)]) AS name
GROUP BY tenant, environment, service, name, hour;

-- One row per minute and combination of labels, computed by the monitor's job from the de-duplicated rows of
-- ml_inferences. Computing a minute again replaces it: `window_version` is the newest written_at of the model's minute in
-- milliseconds, times 2^64, plus the rows read (rollups included), so that a slow replica that read less never wins.
-- Everything but `rows` is weighted by sample_weight. A combination that lost its rows stays with `rows = 0`.
CREATE TABLE IF NOT EXISTS ml_traffic_windows (
  tenant LowCardinality(String),
  environment LowCardinality(String),
  model LowCardinality(String),
  version LowCardinality(String),
  time DateTime64(3) CODEC(Delta, ZSTD(1)),
  service LowCardinality(String),
  team LowCardinality(String),
  route LowCardinality(String),
  provider LowCardinality(String),
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
  price_version LowCardinality(String),
  latency AggregateFunction(quantilesTDigestWeighted(0.5, 0.95, 0.99), Float64, UInt64) CODEC(ZSTD(1)),
  first_time DateTime64(3) CODEC(Delta, ZSTD(1)),
  last_time DateTime64(3) CODEC(Delta, ZSTD(1)),
  window_version UInt128 CODEC(ZSTD(1)),
  computed_at DateTime64(3) DEFAULT now64(3) CODEC(Delta, ZSTD(1))
) ENGINE = ReplacingMergeTree(window_version)
PARTITION BY toDate(time)
ORDER BY (tenant, environment, model, version, time, service, team, route, provider, currency)
SETTINGS ttl_only_drop_parts = 1;

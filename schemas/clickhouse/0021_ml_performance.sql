-- What labels and evaluations tell of predictions: one row per hour of prediction, segment ('' is all traffic, else
-- key=value) and metric, computed by the monitor's job (monitor/performance). Computing an hour again replaces it:
-- `window_version` is the newest written_at of predictions, labels and evaluations of the model's hour in milliseconds, times
-- 2^64, plus the rows read. A metric that lost its rows stays with `n = 0`.
-- `status` holds until `mature_at` (by then labels should have come), `settled_status` from then on, without computing
-- anything again. `n` counts predictions, `labelled_n` the rows that the metric is made of.
CREATE TABLE IF NOT EXISTS ml_performance (
  tenant LowCardinality(String),
  environment LowCardinality(String),
  model LowCardinality(String),
  version LowCardinality(String),
  time DateTime64(3) CODEC(Delta, ZSTD(1)),
  segment String CODEC(ZSTD(1)),
  metric LowCardinality(String),
  reference_segment String CODEC(ZSTD(1)),
  model_type LowCardinality(String),
  value Nullable(Float64) CODEC(ZSTD(1)),
  low Nullable(Float64) CODEC(ZSTD(1)),
  high Nullable(Float64) CODEC(ZSTD(1)),
  n UInt64 CODEC(ZSTD(1)),
  labelled_n UInt64 CODEC(ZSTD(1)),
  label_coverage Nullable(Float64) CODEC(ZSTD(1)),
  label_lag_s Nullable(Float64) CODEC(ZSTD(1)),
  status LowCardinality(String),
  settled_status LowCardinality(String),
  mature_at DateTime64(3) CODEC(Delta, ZSTD(1)),
  reason LowCardinality(String),
  window_version UInt128 CODEC(ZSTD(1)),
  computed_at DateTime64(3) DEFAULT now64(3) CODEC(Delta, ZSTD(1))
) ENGINE = ReplacingMergeTree(window_version)
PARTITION BY toDate(time)
ORDER BY (tenant, environment, model, version, time, segment, metric)
SETTINGS ttl_only_drop_parts = 1;

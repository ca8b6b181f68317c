-- Counts on the bins of ml_bins by window, computed by the monitor's job from the de-duplicated rows of ml_inferences, with the
-- layout and moments of ml_baselines. Segment '' is all traffic. Rows are not weighted by sample_weight: n is what was seen.
-- Computing a window again replaces it: `window_version` is the newest written_at of the model's window in milliseconds, times
-- 2^64, plus the rows read (rollups included), so that a slow replica that read less never wins. A segment or version that lost
-- its rows stays with n = 0.
CREATE TABLE IF NOT EXISTS ml_feature_windows (
  tenant LowCardinality(String),
  environment LowCardinality(String),
  model LowCardinality(String),
  version LowCardinality(String),
  segment LowCardinality(String),
  feature LowCardinality(String),
  time DateTime64(3) CODEC(Delta, ZSTD(1)),
  bins_version UInt64 CODEC(ZSTD(1)),
  window_minutes UInt16 CODEC(ZSTD(1)),
  n UInt64 CODEC(ZSTD(1)),
  counts Array(UInt64) CODEC(ZSTD(1)),
  sums Array(Float64) CODEC(ZSTD(1)),
  sum Float64 CODEC(ZSTD(1)),
  sum_squares Float64 CODEC(ZSTD(1)),
  minimum Nullable(Float64) CODEC(ZSTD(1)),
  maximum Nullable(Float64) CODEC(ZSTD(1)),
  window_version UInt128 CODEC(ZSTD(1)),
  computed_at DateTime64(3) DEFAULT now64(3) CODEC(Delta, ZSTD(1))
) ENGINE = ReplacingMergeTree(window_version)
PARTITION BY toDate(time)
ORDER BY (tenant, environment, model, version, segment, feature, time, bins_version)
SETTINGS ttl_only_drop_parts = 1;

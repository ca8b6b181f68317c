-- What the monitor decided of each feature in each hour, and of the model as a whole (feature ''). Deciding again replaces it:
-- `drift_version` has the newest written_at of the hour's windows in its upper 64 bits and the rows they read in the lower ones.
-- `evidence` is the e-CUSUM, `evidence_streams` its parts: the next hour goes on from them. Numbers that are not known are NULL.
CREATE TABLE IF NOT EXISTS ml_drift (
  tenant LowCardinality(String),
  environment LowCardinality(String),
  model LowCardinality(String),
  version LowCardinality(String),
  segment LowCardinality(String),
  feature LowCardinality(String),
  time DateTime64(3) CODEC(Delta, ZSTD(1)),
  window_minutes UInt16,
  feature_type LowCardinality(String),
  status LowCardinality(String),
  score Nullable(Float64) CODEC(ZSTD(1)),
  p_value Nullable(Float64) CODEC(ZSTD(1)),
  q_value Nullable(Float64) CODEC(ZSTD(1)),
  n UInt64 CODEC(ZSTD(1)),
  reference_n UInt64 CODEC(ZSTD(1)),
  detectable_effect Nullable(Float64) CODEC(ZSTD(1)),
  direction String CODEC(ZSTD(1)),
  psi Nullable(Float64) CODEC(ZSTD(1)),
  js Nullable(Float64) CODEC(ZSTD(1)),
  ks Nullable(Float64) CODEC(ZSTD(1)),
  wasserstein Nullable(Float64) CODEC(ZSTD(1)),
  baseline String CODEC(ZSTD(1)),
  rule LowCardinality(String),
  evidence Float64 CODEC(ZSTD(1)),
  evidence_streams Array(Float64) CODEC(ZSTD(1)),
  page UInt8,
  features UInt32,
  features_drifted UInt32,
  features_insufficient UInt32,
  top_feature String CODEC(ZSTD(1)),
  drift_version UInt128 CODEC(ZSTD(1)),
  computed_at DateTime64(3) DEFAULT now64(3) CODEC(Delta, ZSTD(1))
) ENGINE = ReplacingMergeTree(drift_version)
PARTITION BY toDate(time)
ORDER BY (tenant, environment, model, version, segment, feature, time, window_minutes)
SETTINGS ttl_only_drop_parts = 1;

-- What the monitor found of the data of each hour: one row per feature ('' is the model as a whole) and check, and one with
-- check '' for the hour: its worst status, all violations and features. Deciding again replaces it: `quality_version` has the
-- newest written_at of the hour in milliseconds in its upper 64 bits and the rows read in the lower ones. `evidence` is the
-- e-CUSUM of the check, from which the next hour goes on. Numbers that are not known are NULL.
CREATE TABLE IF NOT EXISTS ml_quality (
  tenant LowCardinality(String),
  environment LowCardinality(String),
  model LowCardinality(String),
  version LowCardinality(String),
  time DateTime64(3) CODEC(Delta, ZSTD(1)),
  feature LowCardinality(String),
  `check` LowCardinality(String),
  window_minutes UInt16,
  status LowCardinality(String),
  violations UInt64 CODEC(ZSTD(1)),
  n UInt64 CODEC(ZSTD(1)),
  rate Nullable(Float64) CODEC(ZSTD(1)),
  rate_low Nullable(Float64) CODEC(ZSTD(1)),
  rate_high Nullable(Float64) CODEC(ZSTD(1)),
  expected Nullable(Float64) CODEC(ZSTD(1)),
  p_value Nullable(Float64) CODEC(ZSTD(1)),
  q_value Nullable(Float64) CODEC(ZSTD(1)),
  detail String CODEC(ZSTD(1)),
  baseline String CODEC(ZSTD(1)),
  rule LowCardinality(String),
  evidence Float64 CODEC(ZSTD(1)),
  page UInt8,
  quality_version UInt128 CODEC(ZSTD(1)),
  computed_at DateTime64(3) DEFAULT now64(3) CODEC(Delta, ZSTD(1))
) ENGINE = ReplacingMergeTree(quality_version)
PARTITION BY toDate(time)
ORDER BY (tenant, environment, model, version, time, feature, `check`)
SETTINGS ttl_only_drop_parts = 1;

-- Quality as dashboards, rules and people read it. As in v_inferences, days are never merged with each other.
CREATE VIEW IF NOT EXISTS v_quality AS
SELECT
  time,
  tenant,
  environment,
  model,
  version,
  feature,
  `check`,
  status,
  violations,
  n,
  rate,
  rate_low,
  rate_high,
  expected,
  p_value,
  detail,
  page,
  window_minutes,
  q_value,
  baseline,
  rule
FROM ml_quality FINAL
WHERE `check` != ''
SETTINGS do_not_merge_across_partitions_select_final = 1;

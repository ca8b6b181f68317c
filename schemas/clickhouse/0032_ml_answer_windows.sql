-- How a provider answers under an alias, by hour and caller, computed by the monitor's job from the calls of language models
-- that succeeded: what is watched for silent changes of a model. `version` is the model that answered, `told` counts the calls
-- that told which one it was. Logarithms of output tokens and of milliseconds to the first chunk, and tokens per character of
-- text, as count, sum and sum of squares. Replaced and versioned like ml_traffic_windows; all numbers are of rows, unweighted.
CREATE TABLE IF NOT EXISTS ml_answer_windows (
  tenant LowCardinality(String),
  environment LowCardinality(String),
  model LowCardinality(String),
  version LowCardinality(String),
  time DateTime64(3) CODEC(Delta, ZSTD(1)),
  provider LowCardinality(String),
  service LowCardinality(String),
  rows UInt64 CODEC(ZSTD(1)),
  told UInt64 CODEC(ZSTD(1)),
  first_time DateTime64(3) CODEC(Delta, ZSTD(1)),
  fingerprints Map(String, UInt64) CODEC(ZSTD(1)),
  finish_reasons Map(String, UInt64) CODEC(ZSTD(1)),
  refusals_told UInt64 CODEC(ZSTD(1)),
  refusals UInt64 CODEC(ZSTD(1)),
  length_moments Array(Float64) CODEC(ZSTD(1)),
  density_moments Array(Float64) CODEC(ZSTD(1)),
  first_chunk_moments Array(Float64) CODEC(ZSTD(1)),
  window_version UInt128 CODEC(ZSTD(1)),
  computed_at DateTime64(3) DEFAULT now64(3) CODEC(Delta, ZSTD(1))
) ENGINE = ReplacingMergeTree(window_version)
PARTITION BY toDate(time)
ORDER BY (tenant, environment, model, version, time, provider, service)
SETTINGS ttl_only_drop_parts = 1;

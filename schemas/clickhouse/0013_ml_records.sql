-- What is told about predictions beside the predictions themselves: one table per kind of record. Delivered twice, a record
-- counts once: record_id is a hash of what the record tells, time included, so equal records share their whole key and
-- different ones about the same prediction stay. Rows about predictions that nobody knows are kept: telemetry has no order.

-- What a prediction turned out to be, told days later. Several for one prediction are all kept; readers take the one with the
-- newest written_at. `label` is the value as text, `value` the value where it is a number.
CREATE TABLE IF NOT EXISTS ml_labels (
  tenant LowCardinality(String),
  environment LowCardinality(String),
  model LowCardinality(String),
  version LowCardinality(String),
  time DateTime64(3) CODEC(Delta, ZSTD(1)),
  inference_id String CODEC(ZSTD(1)),
  record_id String CODEC(ZSTD(1)),
  received_at DateTime64(3) CODEC(Delta, ZSTD(1)),
  written_at DateTime64(3) DEFAULT now64(3) CODEC(Delta, ZSTD(1)),
  row_version UInt64 CODEC(Delta, ZSTD(1)),
  trace_id String CODEC(ZSTD(1)),
  span_id String CODEC(ZSTD(1)),
  service LowCardinality(String),
  clock_skew UInt8,
  value Nullable(Float64) CODEC(ZSTD(1)),
  label String CODEC(ZSTD(1)),
  source LowCardinality(String),
  INDEX idx_written_at written_at TYPE minmax GRANULARITY 1,
  INDEX idx_inference_id inference_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX idx_trace_id trace_id TYPE bloom_filter(0.01) GRANULARITY 1
) ENGINE = ReplacingMergeTree(row_version)
PARTITION BY toDate(time)
ORDER BY (tenant, environment, model, version, time, inference_id, record_id)
SETTINGS ttl_only_drop_parts = 1;

-- A person's verdict on a prediction or an answer.
CREATE TABLE IF NOT EXISTS ml_feedback (
  tenant LowCardinality(String),
  environment LowCardinality(String),
  model LowCardinality(String),
  version LowCardinality(String),
  time DateTime64(3) CODEC(Delta, ZSTD(1)),
  inference_id String CODEC(ZSTD(1)),
  record_id String CODEC(ZSTD(1)),
  received_at DateTime64(3) CODEC(Delta, ZSTD(1)),
  written_at DateTime64(3) DEFAULT now64(3) CODEC(Delta, ZSTD(1)),
  row_version UInt64 CODEC(Delta, ZSTD(1)),
  trace_id String CODEC(ZSTD(1)),
  span_id String CODEC(ZSTD(1)),
  service LowCardinality(String),
  clock_skew UInt8,
  score Nullable(Float64) CODEC(ZSTD(1)),
  text String CODEC(ZSTD(1)),
  source LowCardinality(String),
  problem LowCardinality(String),
  INDEX idx_written_at written_at TYPE minmax GRANULARITY 1,
  INDEX idx_inference_id inference_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX idx_trace_id trace_id TYPE bloom_filter(0.01) GRANULARITY 1
) ENGINE = ReplacingMergeTree(row_version)
PARTITION BY toDate(time)
ORDER BY (tenant, environment, model, version, time, inference_id, record_id)
SETTINGS ttl_only_drop_parts = 1;

-- How much each feature added to a prediction, as the service computed it.
CREATE TABLE IF NOT EXISTS ml_explanations (
  tenant LowCardinality(String),
  environment LowCardinality(String),
  model LowCardinality(String),
  version LowCardinality(String),
  time DateTime64(3) CODEC(Delta, ZSTD(1)),
  inference_id String CODEC(ZSTD(1)),
  record_id String CODEC(ZSTD(1)),
  received_at DateTime64(3) CODEC(Delta, ZSTD(1)),
  written_at DateTime64(3) DEFAULT now64(3) CODEC(Delta, ZSTD(1)),
  row_version UInt64 CODEC(Delta, ZSTD(1)),
  trace_id String CODEC(ZSTD(1)),
  span_id String CODEC(ZSTD(1)),
  service LowCardinality(String),
  clock_skew UInt8,
  attributions Map(LowCardinality(String), Float64) CODEC(ZSTD(1)),
  base_value Nullable(Float64) CODEC(ZSTD(1)),
  method LowCardinality(String),
  problem LowCardinality(String),
  INDEX idx_written_at written_at TYPE minmax GRANULARITY 1,
  INDEX idx_inference_id inference_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX idx_trace_id trace_id TYPE bloom_filter(0.01) GRANULARITY 1
) ENGINE = ReplacingMergeTree(row_version)
PARTITION BY toDate(time)
ORDER BY (tenant, environment, model, version, time, inference_id, record_id)
SETTINGS ttl_only_drop_parts = 1;

-- Scores that a judge gave to an answer. `inference_id` is empty where only the response is named: join response_id then.
CREATE TABLE IF NOT EXISTS ml_evaluations (
  tenant LowCardinality(String),
  environment LowCardinality(String),
  model LowCardinality(String),
  version LowCardinality(String),
  time DateTime64(3) CODEC(Delta, ZSTD(1)),
  inference_id String CODEC(ZSTD(1)),
  record_id String CODEC(ZSTD(1)),
  received_at DateTime64(3) CODEC(Delta, ZSTD(1)),
  written_at DateTime64(3) DEFAULT now64(3) CODEC(Delta, ZSTD(1)),
  row_version UInt64 CODEC(Delta, ZSTD(1)),
  trace_id String CODEC(ZSTD(1)),
  span_id String CODEC(ZSTD(1)),
  service LowCardinality(String),
  clock_skew UInt8,
  name LowCardinality(String),
  score Nullable(Float64) CODEC(ZSTD(1)),
  label LowCardinality(String),
  explanation String CODEC(ZSTD(1)),
  error_type LowCardinality(String),
  response_id String CODEC(ZSTD(1)),
  problem LowCardinality(String),
  INDEX idx_written_at written_at TYPE minmax GRANULARITY 1,
  INDEX idx_inference_id inference_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX idx_response_id response_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX idx_trace_id trace_id TYPE bloom_filter(0.01) GRANULARITY 1
) ENGINE = ReplacingMergeTree(row_version)
PARTITION BY toDate(time)
ORDER BY (tenant, environment, model, version, time, inference_id, record_id)
SETTINGS ttl_only_drop_parts = 1;

-- Which variant of a feature flag was in force, for whom.
CREATE TABLE IF NOT EXISTS ml_flags (
  tenant LowCardinality(String),
  environment LowCardinality(String),
  model LowCardinality(String),
  version LowCardinality(String),
  time DateTime64(3) CODEC(Delta, ZSTD(1)),
  inference_id String CODEC(ZSTD(1)),
  record_id String CODEC(ZSTD(1)),
  received_at DateTime64(3) CODEC(Delta, ZSTD(1)),
  written_at DateTime64(3) DEFAULT now64(3) CODEC(Delta, ZSTD(1)),
  row_version UInt64 CODEC(Delta, ZSTD(1)),
  trace_id String CODEC(ZSTD(1)),
  span_id String CODEC(ZSTD(1)),
  service LowCardinality(String),
  clock_skew UInt8,
  flag_key LowCardinality(String),
  variant LowCardinality(String),
  value String CODEC(ZSTD(1)),
  flag_provider LowCardinality(String),
  flag_set LowCardinality(String),
  flag_version LowCardinality(String),
  context_id String CODEC(ZSTD(1)),
  reason LowCardinality(String),
  error_type LowCardinality(String),
  INDEX idx_written_at written_at TYPE minmax GRANULARITY 1,
  INDEX idx_inference_id inference_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX idx_trace_id trace_id TYPE bloom_filter(0.01) GRANULARITY 1
) ENGINE = ReplacingMergeTree(row_version)
PARTITION BY toDate(time)
ORDER BY (tenant, environment, model, version, time, inference_id, record_id)
SETTINGS ttl_only_drop_parts = 1;

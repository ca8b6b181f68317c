-- Who changed what through the API, refused attempts of known callers included. A write is told twice with one key: when it
-- starts and when it ends, so one that was cut short is still there as 'started'. `request` says what was asked for without
-- anything that may be private; `request_hash`, `status` and `answer` let the same idempotency key have the same answer.
CREATE TABLE IF NOT EXISTS ml_audit (
  tenant LowCardinality(String),
  time DateTime64(3) CODEC(Delta, ZSTD(1)),
  audit_id String CODEC(ZSTD(1)),
  written_at DateTime64(3) DEFAULT now64(3) CODEC(Delta, ZSTD(1)),
  row_version UInt64 CODEC(Delta, ZSTD(1)),
  environment LowCardinality(String),
  model LowCardinality(String),
  version LowCardinality(String),
  actor String CODEC(ZSTD(1)),
  actor_id String CODEC(ZSTD(1)),
  actor_name String CODEC(ZSTD(1)),
  role LowCardinality(String),
  via LowCardinality(String),
  action LowCardinality(String),
  object String CODEC(ZSTD(1)),
  request String CODEC(ZSTD(1)),
  outcome LowCardinality(String),
  status UInt16,
  reason String CODEC(ZSTD(1)),
  idempotency_key String CODEC(ZSTD(1)),
  request_hash String CODEC(ZSTD(1)),
  answer String CODEC(ZSTD(1)),
  INDEX idx_idempotency_key idempotency_key TYPE bloom_filter(0.01) GRANULARITY 1
) ENGINE = ReplacingMergeTree(row_version)
PARTITION BY toDate(time)
ORDER BY (tenant, time, audit_id)
SETTINGS ttl_only_drop_parts = 1;

CREATE VIEW IF NOT EXISTS v_audit AS
SELECT
  time,
  tenant,
  environment,
  model,
  version,
  audit_id,
  actor,
  actor_id,
  actor_name,
  role,
  via,
  action,
  object,
  request,
  outcome,
  status,
  reason
FROM ml_audit FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1;

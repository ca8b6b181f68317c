-- State changes of alerts, as a contact point of Grafana tells them: a change that is told again has the same key, so it
-- counts once. `time` is when the state began: starts_at of one that fires, ends_at of one that is over. `evidence` is JSON.
-- Model and version are those of the alert's labels, empty where it has none.
CREATE TABLE IF NOT EXISTS ml_alert_events (
  tenant LowCardinality(String),
  environment LowCardinality(String),
  model LowCardinality(String),
  version LowCardinality(String),
  time DateTime64(3) CODEC(Delta, ZSTD(1)),
  event_id String CODEC(ZSTD(1)),
  rule_uid LowCardinality(String),
  rule LowCardinality(String),
  state LowCardinality(String),
  labels Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  evidence String CODEC(ZSTD(1)),
  starts_at DateTime64(3) CODEC(Delta, ZSTD(1)),
  ends_at Nullable(DateTime64(3)) CODEC(ZSTD(1)),
  received_at DateTime64(3) CODEC(Delta, ZSTD(1)),
  row_version UInt64 CODEC(Delta, ZSTD(1))
) ENGINE = ReplacingMergeTree(row_version)
PARTITION BY toDate(time)
ORDER BY (tenant, environment, model, version, time, event_id)
SETTINGS ttl_only_drop_parts = 1;

CREATE VIEW IF NOT EXISTS v_alert_events AS
SELECT
  time,
  tenant,
  environment,
  model,
  version,
  rule_uid,
  rule,
  state,
  labels,
  evidence,
  starts_at,
  ends_at
FROM ml_alert_events FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1;

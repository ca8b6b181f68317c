-- What happened to a model, for charts to mark and people to read: deployed, stage_changed, baseline_created, silent_change,
-- annotation. Telling an event again with its `event_id` replaces it, whichever replica tells it and whatever its time: so
-- neither time nor version is in the key, and no partition divides the few rows that there are. `evidence` is JSON.
CREATE TABLE IF NOT EXISTS ml_model_events (
  tenant LowCardinality(String),
  environment LowCardinality(String),
  model LowCardinality(String),
  event_id String CODEC(ZSTD(1)),
  time DateTime64(3) CODEC(Delta, ZSTD(1)),
  version LowCardinality(String),
  event LowCardinality(String),
  text String CODEC(ZSTD(1)),
  actor String CODEC(ZSTD(1)),
  evidence String CODEC(ZSTD(1)),
  written_at DateTime64(3) DEFAULT now64(3) CODEC(Delta, ZSTD(1)),
  row_version UInt64 CODEC(Delta, ZSTD(1))
) ENGINE = ReplacingMergeTree(row_version)
ORDER BY (tenant, environment, model, event_id);

CREATE VIEW IF NOT EXISTS v_model_events AS
SELECT
  time,
  tenant,
  environment,
  model,
  version,
  event,
  text,
  actor,
  evidence
FROM ml_model_events FINAL;

-- What people say about models: telemetry shows the rest. Rows are replaced, never changed: the newest row_version of a key
-- stays, so writing one again is harmless.

-- Which stage a version was given, by whom and why: development, staging, production, archived. `checks` is the JSON of the
-- check list as it was then. The newest change of a version is its stage; `change_id` is a hash of what was asked and when.
CREATE TABLE IF NOT EXISTS ml_stage_changes (
  tenant LowCardinality(String),
  environment LowCardinality(String),
  model LowCardinality(String),
  version LowCardinality(String),
  time DateTime64(3) CODEC(Delta, ZSTD(1)),
  change_id String CODEC(ZSTD(1)),
  from_stage LowCardinality(String),
  to_stage LowCardinality(String),
  reason String CODEC(ZSTD(1)),
  checks String CODEC(ZSTD(1)),
  actor String CODEC(ZSTD(1)),
  actor_name String CODEC(ZSTD(1)),
  row_version UInt64
) ENGINE = ReplacingMergeTree(row_version)
ORDER BY (tenant, environment, model, version, time, change_id);

-- Owner, team, description, links and model card of a version; version '' is the model as a whole, which its versions inherit
-- from, field by field.
CREATE TABLE IF NOT EXISTS ml_model_metadata (
  tenant LowCardinality(String),
  environment LowCardinality(String),
  model LowCardinality(String),
  version LowCardinality(String),
  owner String CODEC(ZSTD(1)),
  team String CODEC(ZSTD(1)),
  description String CODEC(ZSTD(1)),
  links Map(String, String) CODEC(ZSTD(1)),
  tags Map(String, String) CODEC(ZSTD(1)),
  card String CODEC(ZSTD(1)),
  created_at DateTime64(3),
  updated_at DateTime64(3),
  actor String CODEC(ZSTD(1)),
  actor_name String CODEC(ZSTD(1)),
  row_version UInt64
) ENGINE = ReplacingMergeTree(row_version)
ORDER BY (tenant, environment, model, version);

CREATE VIEW IF NOT EXISTS v_stage_changes AS
SELECT
  time,
  tenant,
  environment,
  model,
  version,
  change_id,
  from_stage,
  to_stage,
  reason,
  checks,
  actor,
  actor_name
FROM ml_stage_changes FINAL;

-- What is registered now: one row per model ('' as version) or version that has a stage or metadata. Empty texts: nobody has
-- said so; `stage_since` is NULL while there is no stage. `time` is that of the last change.
CREATE VIEW IF NOT EXISTS v_registry AS
SELECT
  greatest(toDateTime64(max(changed), 3), max(updated)) AS time,
  tenant,
  environment,
  model,
  version,
  max(stage) AS stage,
  max(since) AS stage_since,
  max(stage_reason) AS stage_reason,
  max(stage_actor) AS stage_actor,
  max(own_owner) AS owner,
  max(own_team) AS team,
  max(own_description) AS description,
  argMax(own_links, told) AS links,
  argMax(own_tags, told) AS tags,
  max(own_card) AS card,
  max(own_actor) AS updated_by
FROM (
  SELECT
    tenant, environment, model, version,
    max(time) AS changed,
    toDateTime64(0, 3) AS updated,
    0 AS told,
    toString(argMax(to_stage, (time, change_id))) AS stage,
    toNullable(max(time)) AS since,
    argMax(reason, (time, change_id)) AS stage_reason,
    argMax(actor_name, (time, change_id)) AS stage_actor,
    '' AS own_owner, '' AS own_team, '' AS own_description,
    CAST(map(), 'Map(String, String)') AS own_links,
    CAST(map(), 'Map(String, String)') AS own_tags,
    '' AS own_card, '' AS own_actor
  FROM ml_stage_changes FINAL
  GROUP BY tenant, environment, model, version
  UNION ALL
  SELECT
    tenant, environment, model, version,
    toDateTime64(0, 3), updated_at, 1, '', CAST(NULL, 'Nullable(DateTime64(3))'), '', '',
    owner, team, description, links, tags, card, actor_name
  FROM ml_model_metadata FINAL
)
GROUP BY tenant, environment, model, version;

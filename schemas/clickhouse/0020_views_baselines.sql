-- Bins that windows are counted on: those of the newest baseline of a feature, of a pinned one first, of an expired one never.
CREATE OR REPLACE VIEW ml_current_bins AS
SELECT
  tenant, environment, model, feature, bins_version, kind, edges, atoms, categories, rare
FROM ml_bins FINAL
WHERE (tenant, environment, model, feature, bins_version) IN (
  SELECT tenant, environment, model, feature, argMax(bins_version, (pinned, bins_version))
  FROM ml_baselines FINAL
  WHERE expired = 0
  GROUP BY tenant, environment, model, feature
);

-- The baseline in use, by version and segment: a pinned one, else the newest. A version that has none of its own uses the one
-- that its model got last, and `source` is `predecessor` then; `baseline_version` says whose it is.
CREATE OR REPLACE VIEW ml_baselines_in_use AS
SELECT
  tenant, environment, model, chosen.version AS version, segment, feature, baseline, bins_version, n, counts, sums, sum,
  sum_squares, minimum, maximum, from_time, to_time,
  if(chosen.version = chosen.baseline_version, source, 'predecessor') AS source,
  pinned, created_at, baseline_version
FROM (
  SELECT
    seen.tenant AS tenant, seen.environment AS environment, seen.model AS model, seen.version AS version,
    argMax(made.version, (made.version = seen.version, made.pinned, made.created_at)) AS baseline_version
  FROM (
    SELECT DISTINCT tenant, environment, model, version FROM ml_model_versions
    UNION DISTINCT
    SELECT DISTINCT tenant, environment, model, version FROM ml_baselines
  ) AS seen
  JOIN (
    SELECT tenant, environment, model, version, max(pinned) AS pinned, max(created_at) AS created_at
    FROM ml_baselines FINAL
    WHERE expired = 0
    GROUP BY tenant, environment, model, version
  ) AS made ON seen.tenant = made.tenant AND seen.environment = made.environment AND seen.model = made.model
  GROUP BY tenant, environment, model, version
) AS chosen
JOIN (
  SELECT
    tenant, environment, model, version AS baseline_version, segment, feature, baseline, bins_version, n, counts, sums, sum,
    sum_squares, minimum, maximum, from_time, to_time, source, pinned, created_at
  FROM ml_baselines FINAL
  WHERE expired = 0
  ORDER BY pinned DESC, created_at DESC
  LIMIT 1 BY tenant, environment, model, version, segment, feature
) AS own USING (tenant, environment, model, baseline_version);

-- What each place of an array of counts holds: `[low, high)` of numbers, NULL where open; low = high is one value.
CREATE OR REPLACE VIEW ml_bin_texts AS
SELECT
  tenant, environment, model, feature, bins_version,
  if(kind = 'number',
    arrayConcat(
      arrayMap((a, b) -> tuple(a, b, concat(ifNull(toString(a), '-inf'), ' to ', ifNull(toString(b), 'inf'))),
        arrayPushFront(CAST(edges, 'Array(Nullable(Float64))'), NULL),
        arrayPushBack(CAST(edges, 'Array(Nullable(Float64))'), NULL)),
      arrayMap(a -> tuple(toNullable(a), toNullable(a), toString(a)), atoms)),
    arrayMap(text -> tuple(CAST(NULL, 'Nullable(Float64)'), CAST(NULL, 'Nullable(Float64)'), text),
      arrayPushBack(categories, 'other'))) AS known,
  arrayConcat(known, arrayMap(text -> tuple(CAST(NULL, 'Nullable(Float64)'), CAST(NULL, 'Nullable(Float64)'), text), ['missing', 'new'])) AS bins
FROM ml_bins FINAL;

CREATE OR REPLACE VIEW v_baselines AS
SELECT
  created_at AS time,
  tenant,
  environment,
  model,
  version,
  segment,
  feature,
  bin_number AS bin,
  bin_text.1 AS low,
  bin_text.2 AS high,
  bin_text.3 AS label,
  bin_count AS count,
  if(n = 0, NULL, bin_count / n) AS share,
  n,
  baseline,
  baseline_version,
  bins_version,
  source,
  pinned,
  from_time,
  to_time
FROM ml_baselines_in_use
JOIN ml_bin_texts USING (tenant, environment, model, feature, bins_version)
ARRAY JOIN counts AS bin_count, bins AS bin_text, arrayEnumerate(counts) AS bin_number;

CREATE OR REPLACE VIEW v_feature_windows AS
SELECT
  time,
  tenant,
  environment,
  model,
  version,
  segment,
  feature,
  bin_number AS bin,
  bin_text.1 AS low,
  bin_text.2 AS high,
  bin_text.3 AS label,
  bin_count AS count,
  if(n = 0, NULL, bin_count / n) AS share,
  n,
  window_minutes,
  bins_version
FROM (SELECT * FROM ml_feature_windows FINAL SETTINGS do_not_merge_across_partitions_select_final = 1) AS counted
JOIN ml_bin_texts USING (tenant, environment, model, feature, bins_version)
ARRAY JOIN counts AS bin_count, bins AS bin_text, arrayEnumerate(counts) AS bin_number;

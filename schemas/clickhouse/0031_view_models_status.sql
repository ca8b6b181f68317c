-- Models with what the monitor found of them and what people said. The statuses are those of the newest hour of the last seven
-- days: NULL when the monitor has not looked, and older than that nobody should rely on. `status` is page (somebody should
-- look now), warning (drift, or a check of the data that is broken), ok, or unknown (looked at, but nothing could be decided).
-- Rows are not merged first (FINAL): the newest version of the newest hour is asked for, which is one aggregation.
CREATE OR REPLACE VIEW v_models AS
SELECT
  seen.last_seen AS time,
  seen.tenant AS tenant,
  seen.environment AS environment,
  seen.model AS model,
  seen.version AS version,
  seen.first_seen AS first_seen,
  seen.last_seen AS last_seen,
  own.stage AS stage,
  if(own.owner != '', own.owner, whole.owner) AS owner,
  multiIf(own.team != '', own.team, whole.team != '', whole.team, seen.team) AS team,
  seen.model_type AS model_type,
  seen.provider AS provider,
  seen.services AS services,
  ifNull(day.requests, 0.) AS requests_24h,
  ifNull(day.errors, 0.) AS errors_24h,
  if(isNaN(day.latencies[2]), NULL, toNullable(day.latencies[2])) AS latency_p95_ms,
  multiIf(
    drift_status IS NULL AND quality_status IS NULL AND performance_status IS NULL, CAST(NULL, 'Nullable(String)'),
    drift.found.3 = 1 OR quality.found.3 = 1, 'page',
    ifNull(drift_status, '') = 'drift' OR ifNull(quality_status, '') NOT IN ('', 'ok', 'learning', 'insufficient_data', 'baseline_missing', 'no_traffic'), 'warning',
    ifNull(drift_status, '') = 'ok' OR ifNull(quality_status, '') = 'ok' OR ifNull(performance_status, '') = 'measured', 'ok',
    'unknown') AS status,
  nullIf(drift.found.2, '') AS drift_status,
  nullIf(quality.found.2, '') AS quality_status,
  nullIf(performance.found, '') AS performance_status,
  if(day.currencies > 1, NULL, day.cost) AS cost_24h,
  if(day.priced + day.unpriced > 0, day.priced / (day.priced + day.unpriced), NULL) AS cost_coverage
FROM (
  SELECT
    tenant, environment, model, version,
    min(first) AS first_seen,
    max(last) AS last_seen,
    argMax(newest_type, last) AS model_type,
    argMax(newest_provider, last) AS provider,
    argMax(newest_team, last) AS team,
    arraySort(groupUniqArrayArray(names)) AS services
  FROM (
    SELECT
      tenant, environment, model, version,
      CAST(min(first_seen), 'DateTime64(3)') AS first,
      CAST(max(last_seen), 'DateTime64(3)') AS last,
      argMaxMerge(model_type) AS newest_type,
      argMaxMerge(provider) AS newest_provider,
      argMaxMerge(team) AS newest_team,
      groupUniqArrayArray(services) AS names
    FROM ml_model_versions
    GROUP BY tenant, environment, model, version
    UNION ALL
    SELECT
      tenant, environment, model, version, first_time, last_time, toString(model_type), toString(provider), toString(team), [toString(service)]
    FROM ml_traffic
    WHERE time > now64(3) - INTERVAL 24 HOUR
  )
  GROUP BY tenant, environment, model, version
) AS seen
LEFT JOIN (
  SELECT
    tenant, environment, model, version,
    sum(requests) AS requests,
    sum(errors) AS errors,
    quantilesTDigestWeightedMerge(0.5, 0.95, 0.99)(latency) AS latencies,
    sum(traffic.cost) AS cost,
    uniqExactIf(currency, traffic.cost IS NOT NULL) AS currencies,
    sum(priced_requests) AS priced,
    sum(unpriced_requests) AS unpriced
  FROM ml_traffic AS traffic
  WHERE time > now64(3) - INTERVAL 24 HOUR
  GROUP BY tenant, environment, model, version
) AS day USING (tenant, environment, model, version)
LEFT JOIN (
  SELECT tenant, environment, model, version, max((time, drift_version, toString(status), page)) AS newest, (newest.1, newest.3, newest.4) AS found
  FROM ml_drift
  WHERE time > now64(3) - INTERVAL 7 DAY AND feature = '' AND segment = ''
  GROUP BY tenant, environment, model, version
) AS drift USING (tenant, environment, model, version)
LEFT JOIN (
  SELECT tenant, environment, model, version, max((time, quality_version, toString(status), page)) AS newest, (newest.1, newest.3, newest.4) AS found
  FROM ml_quality
  WHERE time > now64(3) - INTERVAL 7 DAY AND `check` = '' AND feature = ''
  GROUP BY tenant, environment, model, version
) AS quality USING (tenant, environment, model, version)
LEFT JOIN (
  SELECT tenant, environment, model, version,
    -- Of the metrics of the hour the one that is furthest: they share their labels, but not all of them may be measured.
    max((time, window_version, transform(if(now64(3) < mature_at, status, settled_status), ['measured', 'estimated', 'provisional', 'untrusted'], [4, 3, 2, 1], 0))) AS newest,
    transform(newest.3, [4, 3, 2, 1], ['measured', 'estimated', 'provisional', 'untrusted'], '') AS found
  FROM ml_performance
  WHERE time > now64(3) - INTERVAL 7 DAY AND segment = '' AND n > 0
    -- How many labels there are is known of every model, and says nothing of how it performs.
    AND metric NOT IN ('label_coverage', 'unknown_labels')
  GROUP BY tenant, environment, model, version
) AS performance USING (tenant, environment, model, version)
LEFT JOIN (
  SELECT tenant, environment, model, version, stage, owner, team FROM v_registry
) AS own USING (tenant, environment, model, version)
LEFT JOIN (
  SELECT tenant, environment, model, owner, team FROM v_registry WHERE version = ''
) AS whole USING (tenant, environment, model);

-- `status` and its kin stay NULL until the monitor has looked; `stage` and `owner` are empty until someone sets them.
-- A cost over several currencies is no number: NULL.
CREATE VIEW IF NOT EXISTS v_models AS
SELECT
  seen.last_seen AS time,
  seen.tenant AS tenant,
  seen.environment AS environment,
  seen.model AS model,
  seen.version AS version,
  seen.first_seen AS first_seen,
  seen.last_seen AS last_seen,
  '' AS stage,
  '' AS owner,
  seen.team AS team,
  seen.model_type AS model_type,
  seen.provider AS provider,
  seen.services AS services,
  ifNull(day.requests, 0.) AS requests_24h,
  ifNull(day.errors, 0.) AS errors_24h,
  if(isNaN(day.latencies[2]), NULL, toNullable(day.latencies[2])) AS latency_p95_ms,
  CAST(NULL, 'Nullable(String)') AS status,
  CAST(NULL, 'Nullable(String)') AS drift_status,
  CAST(NULL, 'Nullable(String)') AS quality_status,
  CAST(NULL, 'Nullable(String)') AS performance_status,
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
) AS day USING (tenant, environment, model, version);

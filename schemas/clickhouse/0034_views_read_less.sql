-- Views for the questions that dashboards ask most, so that less is read and planned for them. What v_models, v_feature_windows
-- and the others tell stays the same.

-- The versions of models that were ever seen, and nothing else of them: what lists of choices read, on every dashboard and
-- again for each variable. v_models, which tells the same versions, sums up a day of traffic for them. The job lists the models of
-- the minutes that it stores, so that only the rows of open minutes are left to read (of a day at most, where no job runs).
-- They need no FINAL: a duplicate names the same version.
CREATE VIEW IF NOT EXISTS v_model_versions AS
SELECT
  max(seen) AS time,
  tenant,
  environment,
  model,
  version
FROM (
  SELECT tenant, environment, model, version, CAST(max(last_seen), 'DateTime64(3)') AS seen
  FROM ml_model_versions
  GROUP BY tenant, environment, model, version
  UNION ALL
  SELECT tenant, environment, model, version, max(time) AS seen
  FROM ml_inferences
  WHERE rollup = 0 AND clock_skew = 0
    AND time > greatest((SELECT max(time) FROM ml_traffic_windows), now64(3) - INTERVAL 24 HOUR)
  GROUP BY tenant, environment, model, version
)
GROUP BY tenant, environment, model, version;

-- v_models as 0031 has it, but reading the traffic of the day once instead of twice: the view of traffic is a union of three parts
-- with joins, and planning it costs more than its rows. A model without traffic that day has no latency; it had 0 before.
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
  seen.requests AS requests_24h,
  seen.errors AS errors_24h,
  seen.latency_p95_ms AS latency_p95_ms,
  multiIf(
    drift_status IS NULL AND quality_status IS NULL AND performance_status IS NULL, CAST(NULL, 'Nullable(String)'),
    drift.found.3 = 1 OR quality.found.3 = 1, 'page',
    ifNull(drift_status, '') = 'drift' OR ifNull(quality_status, '') NOT IN ('', 'ok', 'learning', 'insufficient_data', 'baseline_missing', 'no_traffic'), 'warning',
    ifNull(drift_status, '') = 'ok' OR ifNull(quality_status, '') = 'ok' OR ifNull(performance_status, '') = 'measured', 'ok',
    'unknown') AS status,
  nullIf(drift.found.2, '') AS drift_status,
  nullIf(quality.found.2, '') AS quality_status,
  nullIf(performance.found, '') AS performance_status,
  if(seen.currencies > 1, NULL, seen.cost) AS cost_24h,
  if(seen.priced + seen.unpriced > 0, seen.priced / (seen.priced + seen.unpriced), NULL) AS cost_coverage
FROM (
  SELECT
    tenant, environment, model, version,
    min(first) AS first_seen,
    max(last) AS last_seen,
    argMax(newest_type, last) AS model_type,
    argMax(newest_provider, last) AS provider,
    argMax(newest_team, last) AS team,
    arraySort(groupUniqArrayArray(names)) AS services,
    sum(day_requests) AS requests,
    sum(day_errors) AS errors,
    max(day_latency) AS latency_p95_ms,
    sum(day_cost) AS cost,
    max(day_currencies) AS currencies,
    sum(day_priced) AS priced,
    sum(day_unpriced) AS unpriced
  FROM (
    SELECT
      tenant, environment, model, version,
      CAST(min(first_seen), 'DateTime64(3)') AS first,
      CAST(max(last_seen), 'DateTime64(3)') AS last,
      argMaxMerge(model_type) AS newest_type,
      argMaxMerge(provider) AS newest_provider,
      argMaxMerge(team) AS newest_team,
      groupUniqArrayArray(services) AS names,
      0. AS day_requests,
      0. AS day_errors,
      CAST(NULL, 'Nullable(Float32)') AS day_latency,
      CAST(NULL, 'Nullable(Decimal(38, 9))') AS day_cost,
      toUInt64(0) AS day_currencies,
      0. AS day_priced,
      0. AS day_unpriced
    FROM ml_model_versions
    GROUP BY tenant, environment, model, version
    UNION ALL
    SELECT
      tenant, environment, model, version,
      min(first_time), max(last_time),
      argMax(toString(traffic.model_type), last_time),
      argMax(toString(traffic.provider), last_time),
      argMax(toString(traffic.team), last_time),
      groupUniqArray(toString(service)),
      sum(requests), sum(errors),
      if(isNaN(quantilesTDigestWeightedMerge(0.5, 0.95, 0.99)(latency)[2]), NULL, toNullable(quantilesTDigestWeightedMerge(0.5, 0.95, 0.99)(latency)[2])),
      sum(traffic.cost),
      uniqExactIf(currency, traffic.cost IS NOT NULL),
      sum(priced_requests), sum(unpriced_requests)
    FROM ml_traffic AS traffic
    WHERE time > now64(3) - INTERVAL 24 HOUR
    GROUP BY tenant, environment, model, version
  )
  GROUP BY tenant, environment, model, version
) AS seen
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

-- v_feature_windows with its bins side by side: whoever sums windows up does so before there is a row for each bin. `counts` has the
-- place that `bin` tells there; the last two are missing and new.
CREATE VIEW IF NOT EXISTS v_feature_counts AS
SELECT
  time,
  tenant,
  environment,
  model,
  version,
  segment,
  feature,
  n,
  counts[-2] AS missing,
  counts,
  window_minutes,
  bins_version
FROM ml_feature_windows FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1;

-- v_cost_forecast as 0028 has it, but the minutes are summed up to hours before each is set against the weeks that it stands for.
CREATE OR REPLACE VIEW v_cost_forecast AS
SELECT
  fromUnixTimestamp64Milli(toInt64(toUnixTimestamp(toDateTime(toStartOfMonth(now('UTC')), 'UTC'))) * 1000) AS time,
  tenant,
  environment,
  model,
  '' AS version,
  team,
  toStartOfMonth(now('UTC')) AS month,
  currency,
  actual,
  if(n > 0, toFloat64(actual) + rest, NULL) AS forecast,
  if(n > 1, toFloat64(actual) + greatest(0., rest - half), NULL) AS low,
  if(n > 1, toFloat64(actual) + rest + half, NULL) AS high
FROM (
  SELECT
    tenant, environment, model, team, currency, actual, n,
    arraySlice(weeks, 1, n) AS told,
    arraySum(told) / greatest(n, 1) AS rest,
    [0., 12.706204736, 4.302652730, 3.182446305][greatest(n, 1)]
      * sqrt(arraySum(week -> pow(week - rest, 2), told) / greatest(n - 1, 1) * (1 + 1 / greatest(n, 1))) AS half
  FROM (
    SELECT
      tenant, environment, model, team, currency,
      sum(month_cost) AS actual,
      sumForEach(arrayMap(week -> if(back > 168 * week AND back <= 168 * (week + 1), toFloat64(hour_cost) * times, 0.), [0, 1, 2, 3])) AS weeks,
      toUInt8(least(4, intDiv(max(back) + 6, 168))) AS n
    FROM (
      SELECT
        hour, tenant, environment, model, team, currency, hour_cost, month_cost,
        dateDiff('hour', hour, toStartOfHour(now('UTC'))) AS back,
        (672 - least(back, 672)) % 168 AS ahead,
        dateDiff('hour', toStartOfHour(now('UTC')), toDateTime(addMonths(toStartOfMonth(now('UTC')), 1), 'UTC')) AS hours_left,
        if(hours_left > ahead, intDiv(hours_left - ahead - 1, 168) + 1, 0)
          - if(ahead = 0, (toUnixTimestamp(now('UTC')) % 3600) / 3600, 0.) AS times
      FROM (
        SELECT
          toStartOfHour(time) AS hour, tenant, environment, model, team, currency,
          sum(assumeNotNull(told.cost)) AS hour_cost,
          sumIf(assumeNotNull(told.cost), time >= toDateTime(toStartOfMonth(now('UTC')), 'UTC')) AS month_cost
        FROM ml_traffic AS told
        WHERE told.cost IS NOT NULL
          AND time >= least(toDateTime(toStartOfMonth(now('UTC')), 'UTC'), toStartOfHour(now('UTC')) - INTERVAL 672 HOUR)
        GROUP BY hour, tenant, environment, model, team, currency
      )
    )
    GROUP BY tenant, environment, model, team, currency
  )
);

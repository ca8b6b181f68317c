-- Usage told by metrics joins the views, where no spans tell of the same calls. Views are replaced here because 0007 made
-- them from spans alone. The embedded engine does not replace a view at once: a start cut short in between leaves one
-- missing, and the next start runs every statement again, for a migration is recorded after its last one.
--
-- A row of metrics counts when its service told nothing by spans of the same model (by either of its names) in any hour from
-- the one before the row's oldest difference up to its own: a call's span stands at its start, its metrics are told after
-- its end and up to an export interval later. Rows of ml_span_hours are marks of hours that count; the latest mark up to the
-- row's hour decides for all hours before it.
CREATE OR REPLACE VIEW ml_traffic AS
SELECT
  time, tenant, environment, model, version, service, team, route, provider, currency, model_type, rows, requests, errors,
  priced_requests, unpriced_requests, tokens, priced_tokens, unpriced_tokens, costs, cost, cost_low, cost_high,
  price_version, latency, first_time, last_time, 'spans' AS usage_source
FROM ml_traffic_windows FINAL
WHERE rows > 0
SETTINGS do_not_merge_across_partitions_select_final = 1
UNION ALL
SELECT
  time, tenant, environment, model, version, service, team, route, provider, currency, model_type, rows, requests, errors,
  priced_requests, unpriced_requests, tokens, priced_tokens, unpriced_tokens, costs, cost, cost_low, cost_high,
  price_version, latency, first_time, last_time, 'spans' AS usage_source
FROM ml_traffic_minutes
WHERE rows > 0 AND time > (SELECT max(time) FROM ml_traffic_windows)
UNION ALL
SELECT
  told.time AS time, told.tenant AS tenant, told.environment AS environment, told.model AS model, told.version AS version,
  told.service AS service, told.team AS team, told.route AS route, told.provider AS provider, told.currency AS currency,
  told.model_type AS model_type, told.rows AS rows, told.requests AS requests, told.errors AS errors,
  told.priced_requests AS priced_requests, told.unpriced_requests AS unpriced_requests, told.tokens AS tokens,
  told.priced_tokens AS priced_tokens, told.unpriced_tokens AS unpriced_tokens, told.costs AS costs, told.cost AS cost,
  told.cost_low AS cost_low, told.cost_high AS cost_high, told.price_version AS price_version, told.latency AS latency,
  told.first_time AS first_time, told.last_time AS last_time, 'metrics' AS usage_source
FROM (
  SELECT * FROM ml_usage_windows FINAL
  WHERE requests > 0 OR notEmpty(tokens)
  SETTINGS do_not_merge_across_partitions_select_final = 1
) AS told
ASOF LEFT JOIN (SELECT tenant, environment, service, name, hour FROM ml_span_hours FINAL WHERE rows > 0) AS by_model
  ON told.tenant = by_model.tenant AND told.environment = by_model.environment AND told.service = by_model.service
  AND told.model = by_model.name AND toStartOfHour(told.time) >= by_model.hour
ASOF LEFT JOIN (SELECT tenant, environment, service, name, hour FROM ml_span_hours FINAL WHERE rows > 0) AS by_version
  ON told.tenant = by_version.tenant AND told.environment = by_version.environment AND told.service = by_version.service
  AND told.version = by_version.name AND toStartOfHour(told.time) >= by_version.hour
WHERE greatest(by_model.hour, by_version.hour) < toStartOfHour(told.from_time) - INTERVAL 1 HOUR;

CREATE OR REPLACE VIEW v_traffic AS
SELECT
  time,
  tenant,
  environment,
  model,
  version,
  service,
  team,
  route,
  provider,
  usage_source,
  currency,
  requests,
  errors,
  if(isNaN(latencies[1]), NULL, latencies[1]) AS latency_p50_ms,
  if(isNaN(latencies[2]), NULL, latencies[2]) AS latency_p95_ms,
  if(isNaN(latencies[3]), NULL, latencies[3]) AS latency_p99_ms,
  if(hasAny(mapKeys(tokens), ['input', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'audio_in']),
    tokens['input'] + tokens['cache_read'] + tokens['cache_write_5m'] + tokens['cache_write_1h'] + tokens['audio_in'],
    NULL) AS input_tokens,
  if(hasAny(mapKeys(tokens), ['output', 'reasoning', 'audio_out']),
    tokens['output'] + tokens['reasoning'] + tokens['audio_out'],
    NULL) AS output_tokens,
  cost,
  cost_low,
  cost_high,
  priced_requests,
  unpriced_requests
FROM (SELECT *, finalizeAggregation(latency) AS latencies FROM ml_traffic);

CREATE OR REPLACE VIEW v_costs AS
SELECT
  toDateTime64(hour, 3) AS time,
  tenant,
  environment,
  model,
  version,
  service,
  team,
  route,
  provider,
  usage_source,
  currency,
  bucket,
  if(max(told), sum(bucket_tokens), NULL) AS tokens,
  sum(bucket_cost) AS cost,
  sum(bucket_cost + below) AS cost_low,
  sum(bucket_cost + above) AS cost_high,
  sum(bucket_unpriced) AS unpriced_tokens,
  if(sum(bucket_priced) > 0, toFloat64(sum(if(bucket_priced > 0, bucket_cost, NULL))) / sum(bucket_priced) * 1e6, NULL) AS price_per_million,
  max(bucket_price_version) AS price_version
FROM (
  SELECT
    toStartOfHour(time) AS hour, tenant, environment, model, version, service, team, route, provider, usage_source, currency, bucket,
    mapContains(tokens, bucket) AS told,
    tokens[bucket] AS bucket_tokens,
    priced_tokens[bucket] AS bucket_priced,
    unpriced_tokens[bucket] AS bucket_unpriced,
    if(mapContains(costs, bucket), toNullable(costs[bucket]), NULL) AS bucket_cost,
    if(bucket = uncertain, ifNull(cost_low, total) - total, 0) AS below,
    if(bucket = uncertain, ifNull(cost_high, total) - total, 0) AS above,
    price_version AS bucket_price_version
  FROM (
    SELECT
      *,
      arraySum(mapValues(costs)) AS total,
      if(mapContains(costs, 'input'), 'input', mapKeys(costs)[1]) AS uncertain
    FROM ml_traffic
  )
  ARRAY JOIN arrayDistinct(arrayConcat(mapKeys(tokens), mapKeys(costs))) AS bucket
)
GROUP BY hour, tenant, environment, model, version, service, team, route, provider, usage_source, currency, bucket;

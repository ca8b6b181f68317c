-- What a minute of traffic is, in one place: the job stores this view's rows in ml_traffic_windows, and v_traffic reads it
-- for the minutes that are not stored yet. `rows_read` and `newest_written_at` are over all rows, every other number only
-- over rows that count (no rollup, no clock skew), each weighted by sample_weight. Costs of a call that tells only its
-- total stand in bucket `other`. A lambda that looks into another map of its row copies that map for each element, so it is
-- kept to the few rows of partly priced calls.
CREATE VIEW IF NOT EXISTS ml_traffic_minutes AS
SELECT
  toDateTime64(minute, 3) AS time,
  tenant,
  environment,
  model,
  version,
  service,
  team,
  route,
  provider,
  currency,
  max(if(counted, toString(model_type), '')) AS model_type,
  sum(toUInt64(counted)) AS rows,
  sumIf(sample_weight, counted) AS requests,
  sumIf(sample_weight, counted AND status = 'error') AS errors,
  sumIf(sample_weight, counted AND cost_status IN ('priced', 'provider_reported')) AS priced_requests,
  sumIf(sample_weight, counted AND cost_status IN ('unpriced', 'partial')) AS unpriced_requests,
  sumMapIf(token_weights, counted) AS tokens,
  sumMapIf(if(cost_status = 'priced', token_weights, mapFilter((bucket, n) -> mapContains(call_costs, bucket), partly_priced)), counted) AS priced_tokens,
  sumMapIf(if(cost_status = 'unpriced', token_weights, mapFilter((bucket, n) -> NOT mapContains(call_costs, bucket), partly_priced)), counted) AS unpriced_tokens,
  CAST(sumMapIf(cost_weights, counted), 'Map(String, Decimal(38, 9))') AS costs,
  CAST(sumIf(call_cost * weight, counted), 'Nullable(Decimal(38, 9))') AS cost,
  CAST(sumIf(coalesce(call_low, call_cost, known_cost) * weight, counted), 'Nullable(Decimal(38, 9))') AS cost_low,
  CAST(sumIf(coalesce(call_high, call_cost, known_cost) * weight, counted), 'Nullable(Decimal(38, 9))') AS cost_high,
  max(if(counted, toString(price_version), '')) AS price_version,
  quantilesTDigestWeightedStateIf(0.5, 0.95, 0.99)(assumeNotNull(latency_ms), toUInt64(sample_weight * 100), counted AND latency_ms IS NOT NULL) AS latency,
  minIf(moment, counted) AS first_time,
  maxIf(moment, counted) AS last_time,
  max(written_at) AS newest_written_at,
  count() AS rows_read
FROM (
  SELECT
    tenant, environment, model, version, service, team, route, provider, currency, model_type, status, cost_status,
    price_version, latency_ms, sample_weight, written_at,
    costs AS call_costs,
    cost AS call_cost,
    cost_low AS call_low,
    cost_high AS call_high,
    if(empty(costs), NULL, arraySum(mapValues(costs))) AS known_cost,
    toStartOfMinute(time) AS minute,
    time AS moment,
    rollup = 0 AND clock_skew = 0 AS counted,
    toDecimal128(sample_weight, 6) AS weight,
    mapApply((bucket, n) -> (toString(bucket), n * sample_weight), tokens) AS token_weights,
    if(cost_status = 'partial', token_weights, CAST(map(), 'Map(String, Float64)')) AS partly_priced,
    mapApply((bucket, amount) -> (toString(bucket), amount * weight),
      if(empty(costs) AND cost IS NOT NULL, map('other', assumeNotNull(cost)), costs)) AS cost_weights
  FROM ml_inferences FINAL
  SETTINGS do_not_merge_across_partitions_select_final = 1
)
GROUP BY tenant, environment, model, version, minute, service, team, route, provider, currency;

-- Stored minutes, and above the newest stored one the rows themselves. The job stores minutes in order and only once they
-- are over, so the newest stored minute is the border; with no job running this is slower, never wrong.
CREATE VIEW IF NOT EXISTS ml_traffic AS
SELECT
  time, tenant, environment, model, version, service, team, route, provider, currency, model_type, rows, requests, errors,
  priced_requests, unpriced_requests, tokens, priced_tokens, unpriced_tokens, costs, cost, cost_low, cost_high,
  price_version, latency, first_time, last_time
FROM ml_traffic_windows FINAL
WHERE rows > 0
SETTINGS do_not_merge_across_partitions_select_final = 1
UNION ALL
SELECT
  time, tenant, environment, model, version, service, team, route, provider, currency, model_type, rows, requests, errors,
  priced_requests, unpriced_requests, tokens, priced_tokens, unpriced_tokens, costs, cost, cost_low, cost_high,
  price_version, latency, first_time, last_time
FROM ml_traffic_minutes
WHERE rows > 0 AND time > (SELECT max(time) FROM ml_traffic_windows);

CREATE VIEW IF NOT EXISTS v_traffic AS
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
  'spans' AS usage_source,
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

-- The bounds belong to a whole call: their distance to its cost stands in the input bucket (what is uncertain is mostly
-- how many input tokens were fresh), so that sums over the buckets are the bounds of the calls.
CREATE VIEW IF NOT EXISTS v_costs AS
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
  'spans' AS usage_source,
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
    toStartOfHour(time) AS hour, tenant, environment, model, version, service, team, route, provider, currency, bucket,
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
GROUP BY hour, tenant, environment, model, version, service, team, route, provider, currency, bucket;

-- The rows as dashboards and people read them: de-duplicated, containers (rollup = 1) left out. FINAL is cheap here: an
-- inference and its duplicate share a day, so days are never merged with each other, and a day of one part is not merged.
CREATE VIEW IF NOT EXISTS v_inferences AS
SELECT
  time,
  tenant,
  environment,
  model,
  version,
  inference_id,
  trace_id,
  span_id,
  service,
  team,
  route,
  convention,
  operation,
  model_type,
  provider,
  status,
  error_type,
  latency_ms,
  ttft_ms,
  prediction_value,
  prediction_label,
  score,
  if(hasAny(mapKeys(tokens), ['input', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'audio_in']),
    tokens['input'] + tokens['cache_read'] + tokens['cache_write_5m'] + tokens['cache_write_1h'] + tokens['audio_in'],
    NULL) AS input_tokens,
  if(mapContains(tokens, 'cache_read'), tokens['cache_read'], NULL) AS cache_read_tokens,
  if(hasAny(mapKeys(tokens), ['cache_write_5m', 'cache_write_1h']),
    tokens['cache_write_5m'] + tokens['cache_write_1h'],
    NULL) AS cache_write_tokens,
  if(hasAny(mapKeys(tokens), ['output', 'reasoning', 'audio_out']),
    tokens['output'] + tokens['reasoning'] + tokens['audio_out'],
    NULL) AS output_tokens,
  if(mapContains(tokens, 'reasoning'), tokens['reasoning'], NULL) AS reasoning_tokens,
  finish_reason,
  refusal,
  system_fingerprint,
  output_chars,
  segments,
  cost,
  cost_low,
  cost_high,
  currency,
  cost_status,
  price_version,
  sample_weight,
  CAST(violations, 'Array(String)') AS violations
FROM ml_inferences FINAL
WHERE rollup = 0
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE VIEW IF NOT EXISTS v_features AS
SELECT
  time,
  tenant,
  environment,
  model,
  version,
  inference_id,
  entry.1 AS feature,
  entry.2 AS value_number,
  entry.3 AS value_text
FROM (
  SELECT
    time,
    tenant,
    environment,
    model,
    version,
    inference_id,
    arrayJoin(arrayConcat(
      arrayMap((name, value) -> (toString(name), toNullable(value), ''), mapKeys(feature_numbers), mapValues(feature_numbers)),
      arrayMap((name, value) -> (toString(name), CAST(NULL, 'Nullable(Float64)'), value), mapKeys(feature_texts), mapValues(feature_texts))
    )) AS entry
  FROM ml_inferences FINAL
  WHERE rollup = 0
  SETTINGS do_not_merge_across_partitions_select_final = 1
);

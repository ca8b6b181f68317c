SELECT
  inference_id,
  time,
  model_type,
  model,
  version,
  team,
  route,
  data_source,
  prediction_value,
  feature_numbers,
  segments,
  latency_ms
FROM ml_inferences FINAL
WHERE tenant = {tenant:String}
ORDER BY time

SELECT
  inference_id,
  convention,
  operation,
  model_type,
  model,
  version,
  environment,
  service,
  team,
  route,
  data_source,
  latency_ms,
  prediction_value,
  prediction_label,
  score,
  probabilities,
  feature_numbers,
  feature_texts,
  segments,
  cost,
  cost_status
FROM ml_inferences FINAL
WHERE tenant = {tenant:String}
ORDER BY time

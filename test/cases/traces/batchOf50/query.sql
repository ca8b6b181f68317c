SELECT
  inference_id,
  time,
  version,
  prediction_value,
  feature_numbers,
  feature_texts
FROM ml_inferences FINAL
WHERE tenant = {tenant:String}
ORDER BY time

SELECT
  span_id,
  sample_weight,
  sample_unknown
FROM ml_inferences FINAL
WHERE tenant = {tenant:String}
ORDER BY span_id

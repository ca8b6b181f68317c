SELECT
  span_id,
  inference_id,
  time,
  clock_skew,
  latency_ms
FROM ml_inferences FINAL
WHERE tenant = {tenant:String}
ORDER BY span_id

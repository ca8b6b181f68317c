SELECT
  span_id,
  service,
  operation,
  rollup,
  tokens
FROM ml_inferences FINAL
WHERE tenant = {tenant:String}
ORDER BY span_id

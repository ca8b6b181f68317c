SELECT
  span_id,
  operation,
  rollup,
  tokens,
  cost
FROM ml_inferences FINAL
WHERE tenant = {tenant:String}
ORDER BY span_id

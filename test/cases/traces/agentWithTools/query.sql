SELECT
  span_id,
  parent_span_id,
  convention,
  operation,
  model,
  version,
  rollup,
  tokens,
  score
FROM ml_inferences FINAL
WHERE tenant = {tenant:String}
ORDER BY span_id

SELECT
  span_id,
  operation,
  provider,
  model,
  tokens,
  reported_cost,
  cost,
  cost_low,
  cost_high,
  currency,
  cost_status
FROM ml_inferences FINAL
WHERE tenant = {tenant:String}
ORDER BY span_id

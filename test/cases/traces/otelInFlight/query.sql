SELECT
  span_id,
  operation,
  tokens,
  token_rule,
  reported_cost,
  reported_currency,
  reported_source,
  cost,
  currency,
  cost_status
FROM ml_inferences FINAL
WHERE tenant = {tenant:String}
ORDER BY span_id

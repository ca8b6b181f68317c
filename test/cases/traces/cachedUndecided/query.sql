SELECT
  span_id,
  tokens,
  input_tokens_high,
  token_rule,
  cost,
  cost_low,
  cost_high,
  cost_status
FROM ml_inferences FINAL
WHERE tenant = {tenant:String}
ORDER BY span_id

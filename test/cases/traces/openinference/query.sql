SELECT
  span_id,
  convention,
  operation,
  model_type,
  provider,
  model,
  version,
  version_assumed,
  finish_reason,
  refusal,
  output_chars,
  reported_cost,
  reported_currency,
  reported_source,
  tokens,
  token_rule,
  cost,
  cost_status
FROM ml_inferences FINAL
WHERE tenant = {tenant:String}
ORDER BY span_id

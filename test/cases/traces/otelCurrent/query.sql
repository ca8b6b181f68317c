SELECT
  span_id,
  convention,
  operation,
  model_type,
  provider,
  model,
  version,
  version_assumed,
  parent_span_id,
  team,
  route,
  segments,
  status,
  error_type,
  latency_ms,
  ttft_ms,
  finish_reason,
  refusal,
  tokens,
  token_rule,
  cost,
  cost_status
FROM ml_inferences FINAL
WHERE tenant = {tenant:String}
ORDER BY span_id

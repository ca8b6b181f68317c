SELECT
  span_id,
  convention,
  operation,
  model_type,
  provider,
  model,
  version,
  version_assumed,
  time,
  environment,
  service,
  segments,
  status,
  error_type,
  latency_ms,
  finish_reason,
  refusal,
  system_fingerprint,
  output_chars,
  response_id,
  tokens,
  token_rule,
  cost,
  cost_status
FROM ml_inferences FINAL
WHERE tenant = {tenant:String}
ORDER BY span_id

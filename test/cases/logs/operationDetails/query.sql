SELECT time, inference_id, convention, operation, model, version, provider, latency_ms, input_tokens, output_tokens, segments
FROM v_inferences
WHERE tenant = {tenant:String}
ORDER BY time

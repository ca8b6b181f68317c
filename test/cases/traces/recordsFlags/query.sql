SELECT time, model, inference_id, flag_key, variant, value, flag_provider, flag_set, flag_version, context_id, reason, error_type
FROM v_flags
WHERE tenant = {tenant:String}
ORDER BY time

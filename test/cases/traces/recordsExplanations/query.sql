SELECT time, model, inference_id, attributions, base_value, method, problem
FROM v_explanations
WHERE tenant = {tenant:String}
ORDER BY trace_id, time

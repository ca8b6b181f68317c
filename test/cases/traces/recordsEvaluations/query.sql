SELECT time, model, version, inference_id, span_id, name, score, label, explanation, error_type, response_id, problem
FROM v_evaluations
WHERE tenant = {tenant:String}
ORDER BY trace_id, time

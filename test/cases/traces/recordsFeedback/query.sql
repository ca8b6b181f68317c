SELECT time, model, inference_id, score, text, source, problem, received_at > time AS received_later
FROM v_feedback
WHERE tenant = {tenant:String}
ORDER BY time

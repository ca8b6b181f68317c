SELECT time, environment, model, version, inference_id, value, label, source, service
FROM v_labels
WHERE tenant = {tenant:String}
ORDER BY time

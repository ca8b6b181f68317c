SELECT time, if(startsWith(inference_id, 'p-'), inference_id, concat(trace_id, ':', span_id, ':', toString(length(inference_id)))) AS id, convention, operation,
  model, version, model_type, environment, service, team, latency_ms, prediction_value, prediction_label, score, feature_numbers, feature_texts, segments, rollup
FROM ml_inferences FINAL
WHERE tenant = {tenant:String}
ORDER BY time

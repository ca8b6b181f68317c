SELECT kind, time, model, inference_id, told
FROM (
  SELECT 'label' AS kind, time, model, inference_id, tenant, concat(label, ' ', ifNull(toString(value), '-'), ' ', source) AS told FROM v_labels
  UNION ALL
  SELECT 'feedback', time, model, inference_id, tenant, concat(toString(score), ' ', text) FROM v_feedback
  UNION ALL
  SELECT 'explanation', time, model, inference_id, tenant, concat(toString(attributions), ' ', method) FROM v_explanations
  UNION ALL
  SELECT 'evaluation', time, model, inference_id, tenant, concat(name, ' ', toString(score), ' ', response_id) FROM v_evaluations
  UNION ALL
  SELECT 'flag', time, model, inference_id, tenant, concat(flag_key, ' ', variant) FROM v_flags
)
WHERE tenant = {tenant:String}
ORDER BY time

-- Drift as dashboards, rules and people read it. As in v_inferences, days are never merged with each other.
CREATE VIEW IF NOT EXISTS v_drift AS
SELECT
  time,
  tenant,
  environment,
  model,
  version,
  window_minutes,
  segment,
  feature,
  feature_type,
  status,
  score,
  p_value,
  q_value,
  n,
  reference_n,
  detectable_effect,
  direction,
  psi,
  js,
  ks,
  wasserstein,
  baseline,
  rule,
  page
FROM ml_drift FINAL
WHERE feature != ''
SETTINGS do_not_merge_across_partitions_select_final = 1;

-- All traffic of a model as one: its segments are in v_drift.
CREATE VIEW IF NOT EXISTS v_drift_models AS
SELECT
  time,
  tenant,
  environment,
  model,
  version,
  window_minutes,
  status,
  features,
  features_drifted,
  features_insufficient,
  top_feature,
  score AS top_score,
  q_value,
  direction,
  baseline,
  page
FROM ml_drift FINAL
WHERE feature = '' AND segment = ''
SETTINGS do_not_merge_across_partitions_select_final = 1;

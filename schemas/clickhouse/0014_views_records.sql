-- The records as dashboards and people read them: de-duplicated. As in v_inferences, days are never merged with each other.
CREATE VIEW IF NOT EXISTS v_labels AS
SELECT
  time,
  tenant,
  environment,
  model,
  version,
  inference_id,
  trace_id,
  span_id,
  service,
  value,
  label,
  source,
  received_at
FROM ml_labels FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE VIEW IF NOT EXISTS v_feedback AS
SELECT
  time,
  tenant,
  environment,
  model,
  version,
  inference_id,
  trace_id,
  span_id,
  service,
  score,
  text,
  source,
  problem,
  received_at
FROM ml_feedback FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE VIEW IF NOT EXISTS v_explanations AS
SELECT
  time,
  tenant,
  environment,
  model,
  version,
  inference_id,
  trace_id,
  span_id,
  service,
  attributions,
  base_value,
  method,
  problem,
  received_at
FROM ml_explanations FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE VIEW IF NOT EXISTS v_evaluations AS
SELECT
  time,
  tenant,
  environment,
  model,
  version,
  inference_id,
  trace_id,
  span_id,
  service,
  name,
  score,
  label,
  explanation,
  error_type,
  response_id,
  problem,
  received_at
FROM ml_evaluations FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE VIEW IF NOT EXISTS v_flags AS
SELECT
  time,
  tenant,
  environment,
  model,
  version,
  inference_id,
  trace_id,
  span_id,
  service,
  flag_key,
  variant,
  value,
  flag_provider,
  flag_set,
  flag_version,
  context_id,
  reason,
  error_type,
  received_at
FROM ml_flags FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1;

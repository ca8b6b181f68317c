-- Performance as dashboards and rules read it. `expected` and `p_value` compare with what was usual: NULL, because nothing
-- decides on that yet; `page` is 0 for the same reason. `time` is the start of the hour of the predictions.
CREATE VIEW IF NOT EXISTS v_performance AS
SELECT
  time,
  tenant,
  environment,
  model,
  version,
  segment,
  metric,
  value,
  low,
  high,
  n,
  labelled_n,
  label_coverage,
  label_lag_s,
  CAST(NULL, 'Nullable(Float64)') AS expected,
  CAST(NULL, 'Nullable(Float64)') AS p_value,
  reference_segment,
  toUInt8(0) AS page,
  if(now64(3) < mature_at, status, settled_status) AS status,
  reason,
  model_type
FROM ml_performance FINAL
WHERE n > 0
SETTINGS do_not_merge_across_partitions_select_final = 1;

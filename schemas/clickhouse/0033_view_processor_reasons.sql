-- Counters of the processor that tell a reason, by it: v_processor adds all labels up. `value` is the total since the instance
-- started, as there.
CREATE VIEW IF NOT EXISTS v_processor_reasons AS
SELECT
  toDateTime64(minute, 3) AS time,
  if(owner = '', 'default', owner) AS tenant,
  environment,
  '' AS model,
  '' AS version,
  instance,
  metric,
  reason,
  sum(newest) AS value
FROM (
  SELECT
    toStartOfMinute(TimeUnix) AS minute,
    ResourceAttributes['plumbline.tenant'] AS owner,
    ResourceAttributes['deployment.environment.name'] AS environment,
    ResourceAttributes['service.instance.id'] AS instance,
    MetricName AS metric,
    Attributes['reason'] AS reason,
    cityHash64(Attributes) AS series,
    argMax(Value, TimeUnix) AS newest
  FROM otel_metrics_sum
  WHERE ServiceName = 'plumbline' AND mapContains(Attributes, 'reason')
  GROUP BY minute, owner, environment, instance, metric, reason, series
)
GROUP BY minute, owner, environment, instance, metric, reason;

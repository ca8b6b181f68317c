-- The processor's own metrics, stored like anyone's: one row per metric, instance and minute, label sets added up. `value` is
-- the last one of the minute: for a gauge what it stood at, for a counter the total since the instance started, so that
-- differences of it are exact over any range and a restart shows as a fall. A histogram is told as its `_count` and `_sum`.
-- Several points of a minute count once, so it does no harm when an instance also sends its metrics to itself over OTLP.
CREATE VIEW IF NOT EXISTS v_processor AS
SELECT
  toDateTime64(minute, 3) AS time,
  if(owner = '', 'default', owner) AS tenant,
  environment,
  '' AS model,
  '' AS version,
  instance,
  metric,
  sum(newest) AS value
FROM (
  SELECT
    toStartOfMinute(TimeUnix) AS minute,
    ResourceAttributes['plumbline.tenant'] AS owner,
    ResourceAttributes['deployment.environment.name'] AS environment,
    ResourceAttributes['service.instance.id'] AS instance,
    MetricName AS metric,
    cityHash64(Attributes) AS series,
    argMax(Value, TimeUnix) AS newest
  FROM otel_metrics_gauge
  WHERE ServiceName = 'plumbline'
  GROUP BY minute, owner, environment, instance, metric, series
  UNION ALL
  SELECT
    toStartOfMinute(TimeUnix) AS minute,
    ResourceAttributes['plumbline.tenant'] AS owner,
    ResourceAttributes['deployment.environment.name'] AS environment,
    ResourceAttributes['service.instance.id'] AS instance,
    MetricName AS metric,
    cityHash64(Attributes) AS series,
    argMax(Value, TimeUnix) AS newest
  FROM otel_metrics_sum
  WHERE ServiceName = 'plumbline'
  GROUP BY minute, owner, environment, instance, metric, series
  UNION ALL
  SELECT
    toStartOfMinute(TimeUnix) AS minute,
    ResourceAttributes['plumbline.tenant'] AS owner,
    ResourceAttributes['deployment.environment.name'] AS environment,
    ResourceAttributes['service.instance.id'] AS instance,
    concat(MetricName, part.1) AS metric,
    cityHash64(Attributes) AS series,
    argMax(part.2, TimeUnix) AS newest
  FROM otel_metrics_histogram
  ARRAY JOIN [('_count', toFloat64(Count)), ('_sum', Sum)] AS part
  WHERE ServiceName = 'plumbline'
  GROUP BY minute, owner, environment, instance, metric, series
)
GROUP BY minute, owner, environment, instance, metric;

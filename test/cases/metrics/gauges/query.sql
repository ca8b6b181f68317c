SELECT MetricName, MetricUnit, Attributes, toUnixTimestamp(TimeUnix) AS time, Value, Flags
FROM otel_metrics_gauge
WHERE ResourceAttributes['plumbline.tenant'] = {tenant:String}
ORDER BY Attributes['cpu']

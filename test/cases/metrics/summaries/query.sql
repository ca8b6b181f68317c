SELECT MetricName, Count, Sum, ValueAtQuantiles.Quantile, ValueAtQuantiles.Value, Flags
FROM otel_metrics_summary
WHERE ResourceAttributes['plumbline.tenant'] = {tenant:String}

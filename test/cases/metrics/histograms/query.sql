SELECT Attributes, Count, Sum, Min, Max, BucketCounts, ExplicitBounds, AggregationTemporality
FROM otel_metrics_histogram
WHERE ResourceAttributes['plumbline.tenant'] = {tenant:String}
ORDER BY Attributes['route']

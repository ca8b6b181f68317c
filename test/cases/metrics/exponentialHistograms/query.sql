SELECT Count, Sum, Scale, ZeroCount, PositiveOffset, PositiveBucketCounts, NegativeOffset, NegativeBucketCounts, Min, Max, AggregationTemporality
FROM otel_metrics_exponential_histogram
WHERE ResourceAttributes['plumbline.tenant'] = {tenant:String}

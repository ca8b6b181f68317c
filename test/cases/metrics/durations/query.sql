SELECT toUnixTimestamp64Milli(time) AS time, model, version, error_type, quantity, cumulative, count, sum, bounds, bucket_counts
FROM ml_metric_usage FINAL
WHERE tenant = {tenant:String}
ORDER BY time

SELECT toUnixTimestamp64Milli(time) AS time, toUnixTimestamp64Milli(start_time) AS start, environment, service, team,
  provider, model, version, operation, model_type, server_address, metric, quantity, bucket, rollup, cumulative, count,
  sum, bounds, bucket_counts
FROM ml_metric_usage FINAL
WHERE tenant = {tenant:String}
ORDER BY time

SELECT
  ServiceName,
  TraceId,
  SpanId,
  LogAttributes,
  mapKeys(LogAttributes) AS keys
FROM otel_logs
WHERE ResourceAttributes['plumbline.tenant'] = {tenant:String}
ORDER BY Timestamp

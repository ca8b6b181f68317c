SELECT
  SeverityText,
  SeverityNumber,
  TraceFlags
FROM otel_logs
WHERE ResourceAttributes['plumbline.tenant'] = {tenant:String}
ORDER BY Timestamp

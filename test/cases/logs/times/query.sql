SELECT
  toString(Timestamp) AS time,
  Body
FROM otel_logs
WHERE ResourceAttributes['plumbline.tenant'] = {tenant:String}
ORDER BY Timestamp

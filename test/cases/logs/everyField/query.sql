SELECT
  toString(Timestamp) AS time,
  TraceId,
  SpanId,
  TraceFlags,
  SeverityText,
  SeverityNumber,
  ServiceName,
  Body,
  ResourceSchemaUrl,
  mapFilter((key, value) -> key != 'plumbline.tenant', ResourceAttributes) AS resource,
  ScopeSchemaUrl,
  ScopeName,
  ScopeVersion,
  ScopeAttributes,
  LogAttributes,
  EventName,
  `__otel_materialized_k8s.pod.name` AS pod,
  `__otel_materialized_deployment.environment.name` AS environment
FROM otel_logs
WHERE ResourceAttributes['plumbline.tenant'] = {tenant:String}
ORDER BY Timestamp

SELECT
  Body,
  ServiceName,
  ResourceAttributes['service.name'] AS service,
  ResourceSchemaUrl,
  ScopeName,
  ScopeAttributes,
  ScopeSchemaUrl
FROM otel_logs
WHERE ResourceAttributes['plumbline.tenant'] = {tenant:String}
ORDER BY Timestamp

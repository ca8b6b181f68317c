SELECT
  MetricName,
  MetricDescription,
  MetricUnit,
  ServiceName,
  ResourceAttributes['host.name'] AS host,
  ResourceSchemaUrl,
  ScopeName,
  ScopeVersion,
  ScopeAttributes,
  ScopeDroppedAttrCount,
  ScopeSchemaUrl,
  Attributes,
  toUnixTimestamp(StartTimeUnix) AS start,
  toUnixTimestamp(TimeUnix) AS time,
  Value,
  Flags,
  AggregationTemporality,
  IsMonotonic,
  Exemplars.FilteredAttributes,
  arrayMap(x -> toUnixTimestamp(x), Exemplars.TimeUnix) AS exemplar_times,
  Exemplars.Value,
  Exemplars.SpanId,
  Exemplars.TraceId
FROM otel_metrics_sum
WHERE ResourceAttributes['plumbline.tenant'] = {tenant:String}
ORDER BY MetricName, Value

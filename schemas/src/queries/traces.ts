const attributes = (map: string): string =>
  `arrayMap(name -> map('key', name, 'value', ${map}[name]), mapKeys(${map}))`;

/**
 * The spans of a trace in the columns that Grafana's trace view knows (format 3). `traceId` is a literal or a variable in
 * quotes; the small table of times says which days to read.
 */
export const traceSpans = (traceId: string): string =>
  `WITH (SELECT min(Start) FROM otel_traces_trace_id_ts WHERE TraceId = ${traceId}) AS begun,
  (SELECT max(End) + 1 FROM otel_traces_trace_id_ts WHERE TraceId = ${traceId}) AS ended
SELECT TraceId AS traceID, SpanId AS spanID, ParentSpanId AS parentSpanID, ServiceName AS serviceName,
  SpanName AS operationName, Timestamp AS startTime, Duration / 1000000 AS duration,
  ${attributes('SpanAttributes')} AS tags, ${attributes('ResourceAttributes')} AS serviceTags,
  if(StatusCode = 'Error', 2, 0) AS statusCode
FROM otel_traces
WHERE TraceId = ${traceId} AND Timestamp >= begun AND Timestamp <= ended
ORDER BY startTime
LIMIT 1000`;

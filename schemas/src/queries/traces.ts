import { quoteText } from './text';

const attributes = (map: string): string =>
  `arrayMap(name -> map('key', name, 'value', ${map}[name]), mapKeys(${map}))`;

/** The small table of times says which days of the spans to read. */
const lifeOf = (traceId: string): string =>
  `WITH (SELECT min(Start) FROM otel_traces_trace_id_ts WHERE TraceId = ${traceId}) AS begun,
  (SELECT max(End) + 1 FROM otel_traces_trace_id_ts WHERE TraceId = ${traceId}) AS ended`;

const ofTrace = (traceId: string): string =>
  `WHERE TraceId = ${traceId} AND Timestamp >= begun AND Timestamp <= ended`;

/** Spans of a trace that are shown; a trace may have any number. */
export const SPANS_LIMIT = 1000;

/**
 * The spans of a trace in the columns that Grafana's trace view knows (format 3). `traceId` is a literal or a variable in
 * quotes.
 */
export const traceSpans = (traceId: string): string =>
  `${lifeOf(traceId)}
SELECT TraceId AS traceID, SpanId AS spanID, ParentSpanId AS parentSpanID, ServiceName AS serviceName,
  SpanName AS operationName, Timestamp AS startTime, Duration / 1000000 AS duration,
  ${attributes('SpanAttributes')} AS tags, ${attributes('ResourceAttributes')} AS serviceTags,
  if(StatusCode = 'Error', 2, 0) AS statusCode
FROM otel_traces
${ofTrace(traceId)}
ORDER BY startTime
LIMIT ${SPANS_LIMIT}`;

/**
 * The spans of a trace for a waterfall of our own: offset from the first one and duration in milliseconds, attributes as a
 * JSON text. One more is asked for than is shown, so that the page can say that there are more. A span that was delivered
 * twice is one.
 */
export const traceWaterfall = (traceId: string): string => {
  const id = quoteText(traceId);
  return `${lifeOf(id)}
SELECT SpanId AS span_id, ParentSpanId AS parent_id, ServiceName AS service, SpanName AS name, SpanKind AS kind,
  toFloat64(toUnixTimestamp64Nano(Timestamp) - min(toUnixTimestamp64Nano(Timestamp)) OVER ()) / 1000000 AS offset_ms,
  Duration / 1000000 AS duration_ms, toUnixTimestamp64Milli(Timestamp) AS start_ms, StatusCode AS status,
  StatusMessage AS status_message, toJSONString(SpanAttributes) AS attributes,
  arrayStringConcat(Events.Name, ', ') AS events
FROM otel_traces
${ofTrace(id)}
ORDER BY Timestamp, span_id
LIMIT 1 BY span_id
LIMIT ${SPANS_LIMIT + 1}`;
};

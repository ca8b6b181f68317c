import {
  idText,
  type KeyValue,
  type Long,
  type Pairs,
  PAIRS,
  pairsOf,
  pairsSql,
  signed,
  sortEqualKeys,
  valueText,
} from './oracleValues';
import { traceRequestType } from './otlpProto';

interface Event {
  readonly timeUnixNano: Long;
  readonly name: string;
  readonly attributes: readonly KeyValue[];
}
interface Link {
  readonly traceId: Uint8Array;
  readonly spanId: Uint8Array;
  readonly traceState: string;
  readonly attributes: readonly KeyValue[];
}
interface Span extends Link {
  readonly parentSpanId: Uint8Array;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: Long;
  readonly endTimeUnixNano: Long;
  readonly events: readonly Event[];
  readonly links: readonly Link[];
  readonly status: { readonly code: number; readonly message: string } | null;
}
interface Request {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] } | null;
    readonly scopeSpans: readonly {
      readonly scope: { readonly name: string; readonly version: string } | null;
      readonly spans: readonly Span[];
    }[];
  }[];
}

/** One row of `otel_traces`; 64-bit numbers in decimal. */
export interface ExpectedRow {
  readonly timestamp: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly traceState: string;
  readonly spanName: string;
  readonly spanKind: string;
  readonly serviceName: string;
  readonly resourceAttributes: Pairs;
  readonly scopeName: string;
  readonly scopeVersion: string;
  readonly spanAttributes: Pairs;
  readonly duration: string;
  readonly statusCode: string;
  readonly statusMessage: string;
  readonly events: readonly { timestamp: string; name: string; attributes: Pairs }[];
  readonly links: readonly {
    traceId: string;
    spanId: string;
    traceState: string;
    attributes: Pairs;
  }[];
}

const KINDS = ['Unspecified', 'Internal', 'Server', 'Client', 'Producer', 'Consumer'];
const STATUSES = ['Unset', 'Ok', 'Error'];

/**
 * The rows that an `ExportTraceServiceRequest` makes, in its order, by another decoder and by the rules of the
 * Collector's ClickHouse exporter: a second opinion that shares no code with the product.
 */
export function expectedRows(bytes: Uint8Array): ExpectedRow[] {
  const request = traceRequestType().decode(bytes) as unknown as Request;
  return request.resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const attributes = resource?.attributes ?? [];
    const service = attributes.find(({ key }) => key === 'service.name');
    const shared = {
      serviceName: service ? valueText(service.value) : '',
      resourceAttributes: pairsOf(attributes),
    };
    return scopeSpans.flatMap(({ scope, spans }) =>
      spans.map((span) => ({
        ...shared,
        scopeName: scope?.name ?? '',
        scopeVersion: scope?.version ?? '',
        ...spanColumns(span),
      })),
    );
  });
}

function spanColumns(
  span: Span,
): Omit<ExpectedRow, 'serviceName' | 'resourceAttributes' | 'scopeName' | 'scopeVersion'> {
  const duration =
    BigInt(span.endTimeUnixNano.toString()) - BigInt(span.startTimeUnixNano.toString());
  return {
    timestamp: signed(span.startTimeUnixNano),
    traceId: idText(span.traceId),
    spanId: idText(span.spanId),
    parentSpanId: idText(span.parentSpanId),
    traceState: span.traceState,
    spanName: span.name,
    spanKind: KINDS[span.kind] ?? '',
    spanAttributes: pairsOf(span.attributes),
    // An end before the start wraps, as unsigned numbers do.
    duration: BigInt.asUintN(64, duration).toString(),
    statusCode: STATUSES[span.status?.code ?? 0] ?? '',
    statusMessage: span.status?.message ?? '',
    events: span.events.map((event) => ({
      timestamp: signed(event.timeUnixNano),
      name: event.name,
      attributes: pairsOf(event.attributes),
    })),
    links: span.links.map((link) => ({
      traceId: idText(link.traceId),
      spanId: idText(link.spanId),
      traceState: link.traceState,
      attributes: pairsOf(link.attributes),
    })),
  };
}

/**
 * Reads `otel_traces` as `ExpectedRow`s, so that nothing of a row is lost: maps with equal keys, 64-bit numbers. To be
 * asked for in the format JSONEachRow, and each row given to `storedRow`.
 */
export const STORED_ROWS_SQL = `SELECT
  toString(reinterpretAsInt64(Timestamp)) AS timestamp,
  TraceId AS traceId,
  SpanId AS spanId,
  ParentSpanId AS parentSpanId,
  TraceState AS traceState,
  SpanName AS spanName,
  SpanKind AS spanKind,
  ServiceName AS serviceName,
  ${pairsSql('ResourceAttributes')} AS resourceAttributes,
  ScopeName AS scopeName,
  ScopeVersion AS scopeVersion,
  ${pairsSql('SpanAttributes')} AS spanAttributes,
  toString(Duration) AS duration,
  StatusCode AS statusCode,
  StatusMessage AS statusMessage,
  arrayMap(
    (time, name, attributes) -> CAST(
      (toString(reinterpretAsInt64(time)), name, ${pairsSql('attributes')}),
      'Tuple(timestamp String, name String, attributes ${PAIRS})'),
    Events.Timestamp, Events.Name, Events.Attributes) AS events,
  arrayMap(
    (trace, span, state, attributes) -> CAST(
      (trace, span, state, ${pairsSql('attributes')}),
      'Tuple(traceId String, spanId String, traceState String, attributes ${PAIRS})'),
    Links.TraceId, Links.SpanId, Links.TraceState, Links.Attributes) AS links
FROM otel_traces`;

/** A stored row made comparable with an expected one: only the order among equal keys is not looked at. */
export function storedRow(row: ExpectedRow): ExpectedRow {
  return {
    ...row,
    resourceAttributes: sortEqualKeys(row.resourceAttributes),
    spanAttributes: sortEqualKeys(row.spanAttributes),
    events: row.events.map((event) => ({
      ...event,
      attributes: sortEqualKeys(event.attributes),
    })),
    links: row.links.map((link) => ({ ...link, attributes: sortEqualKeys(link.attributes) })),
  };
}

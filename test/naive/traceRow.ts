import { plainAttributes, textAttributes } from './attributes';
import type { PlainAttributes } from './attributes';
import type { Long, Span } from './otlpMessages';

const KINDS = ['Unspecified', 'Internal', 'Server', 'Client', 'Producer', 'Consumer'];
const STATUSES = ['Unset', 'Ok', 'Error'];

/** What the spans of one scope have in common. */
export interface SpanContext {
  readonly service: string;
  readonly resourceAttributes: Record<string, string>;
  readonly scopeName: string;
  readonly scopeVersion: string;
}

/** Seconds with nine decimals, as ClickHouse reads a DateTime64(9). */
export function nanoTime(nanos: Long): string {
  const text = nanos.toString().padStart(10, '0');
  return `${text.slice(0, -9)}.${text.slice(-9)}`;
}

/** One row of `otel_traces`. */
export function traceRow(
  span: Span,
  attributes: PlainAttributes,
  context: SpanContext,
): Record<string, unknown> {
  return {
    Timestamp: nanoTime(span.startTimeUnixNano),
    TraceId: span.traceId.toString('hex'),
    SpanId: span.spanId.toString('hex'),
    ParentSpanId: span.parentSpanId.toString('hex'),
    TraceState: span.traceState,
    SpanName: span.name,
    SpanKind: KINDS[span.kind] ?? '',
    ServiceName: context.service,
    ResourceAttributes: context.resourceAttributes,
    ScopeName: context.scopeName,
    ScopeVersion: context.scopeVersion,
    SpanAttributes: textAttributes(attributes),
    Duration: span.endTimeUnixNano.subtract(span.startTimeUnixNano).toString(),
    StatusCode: STATUSES[span.status?.code ?? 0] ?? '',
    StatusMessage: span.status?.message ?? '',
    'Events.Timestamp': span.events.map((event) => nanoTime(event.timeUnixNano)),
    'Events.Name': span.events.map((event) => event.name),
    'Events.Attributes': span.events.map((e) => textAttributes(plainAttributes(e.attributes))),
    'Links.TraceId': span.links.map((link) => link.traceId.toString('hex')),
    'Links.SpanId': span.links.map((link) => link.spanId.toString('hex')),
    'Links.TraceState': span.links.map((link) => link.traceState),
    'Links.Attributes': span.links.map((l) => textAttributes(plainAttributes(l.attributes))),
  };
}

import type { Attributes, HrTime, SpanContext } from '@opentelemetry/api';
import { SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';

/** Unix milliseconds as the SDK has times. */
export const hrTime = (timeMs: number): HrTime => {
  const seconds = Math.floor(timeMs / 1_000);
  return [seconds, Math.round((timeMs - seconds * 1_000) * 1_000_000)];
};

/** What the spans of one model have in common. */
export type SpanTemplate = Pick<ReadableSpan, 'name' | 'resource' | 'instrumentationScope'>;

export interface PastCall {
  readonly traceId: string;
  readonly spanId: string;
  /** Unix milliseconds. */
  readonly startMs: number;
  readonly tookMs: number;
  readonly attributes: Attributes;
  readonly events?: ReadableSpan['events'];
}

/** A finished span of the past, as the SDK hands spans to an exporter, without the cost of recording it first. */
export function historySpan(template: SpanTemplate, call: PastCall): ReadableSpan {
  const context: SpanContext = {
    traceId: call.traceId,
    spanId: call.spanId,
    traceFlags: TraceFlags.SAMPLED,
  };
  return {
    name: template.name,
    kind: SpanKind.INTERNAL,
    spanContext: () => context,
    startTime: hrTime(call.startMs),
    endTime: hrTime(call.startMs + call.tookMs),
    duration: hrTime(call.tookMs),
    status: { code: SpanStatusCode.UNSET },
    attributes: call.attributes,
    links: [],
    events: call.events ?? [],
    ended: true,
    resource: template.resource,
    instrumentationScope: template.instrumentationScope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

import fc from 'fast-check';
import { attributes, encodedRequests, extremeTime, id, longOf, text, time } from './arbitraryOtlp';
import { traceRequestType } from './otlpProto';

const event = fc.record({
  timeUnixNano: fc.oneof(time, extremeTime).map(longOf),
  name: text,
  attributes,
});
const link = fc.record({
  traceId: id(16),
  spanId: id(8),
  traceState: text,
  attributes,
  flags: fc.nat(),
});
const span = fc.record(
  {
    traceId: id(16),
    spanId: id(8),
    parentSpanId: id(8),
    traceState: text,
    name: text,
    kind: fc.oneof(fc.integer({ min: -1, max: 9 }), fc.integer()),
    startTimeUnixNano: time.map(longOf),
    endTimeUnixNano: fc.oneof(time, extremeTime).map(longOf),
    attributes,
    droppedAttributesCount: fc.nat(),
    events: fc.array(event, { maxLength: 3 }),
    droppedEventsCount: fc.nat(),
    links: fc.array(link, { maxLength: 2 }),
    status: fc.record({ code: fc.integer({ min: -1, max: 9 }), message: text }),
    flags: fc.nat(),
  },
  { requiredKeys: [] },
);
const scopeSpans = fc.record(
  {
    scope: fc.record({ name: text, version: text, attributes }, { requiredKeys: [] }),
    spans: fc.array(span, { maxLength: 4 }),
    schemaUrl: text,
  },
  { requiredKeys: ['spans'] },
);
const resourceSpans = fc.record(
  {
    resource: fc.record({ attributes }, { requiredKeys: [] }),
    scopeSpans: fc.array(scopeSpans, { maxLength: 2 }),
    schemaUrl: text,
  },
  { requiredKeys: ['scopeSpans'] },
);

/** Encoded `ExportTraceServiceRequest`s; every field may be missing. */
export const traceRequests: fc.Arbitrary<Buffer> = encodedRequests(
  fc.record({ resourceSpans: fc.array(resourceSpans, { maxLength: 3 }) }),
  traceRequestType,
);

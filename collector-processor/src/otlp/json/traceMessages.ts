import { instrumentationScope, keyValue, resource } from './commonMessages';
import { enumOf, fixed32, fixed64, hexId, text, uint32 } from './scalars';
import { many, message, one } from './schema';

/** Messages of opentelemetry/proto/trace/v1; `traceRequest` is `ExportTraceServiceRequest`. */

const traceId = hexId(16);
const spanId = hexId(8);

const spanKind = enumOf([
  'SPAN_KIND_UNSPECIFIED',
  'SPAN_KIND_INTERNAL',
  'SPAN_KIND_SERVER',
  'SPAN_KIND_CLIENT',
  'SPAN_KIND_PRODUCER',
  'SPAN_KIND_CONSUMER',
]);
const statusCode = enumOf(['STATUS_CODE_UNSET', 'STATUS_CODE_OK', 'STATUS_CODE_ERROR']);

const event = message(() => [
  one(1, 'timeUnixNano', fixed64),
  one(2, 'name', text),
  many(3, 'attributes', keyValue),
  one(4, 'droppedAttributesCount', uint32),
]);

const link = message(() => [
  one(1, 'traceId', traceId),
  one(2, 'spanId', spanId),
  one(3, 'traceState', text),
  many(4, 'attributes', keyValue),
  one(5, 'droppedAttributesCount', uint32),
  one(6, 'flags', fixed32),
]);

const status = message(() => [one(2, 'message', text), one(3, 'code', statusCode)]);

const span = message(() => [
  one(1, 'traceId', traceId),
  one(2, 'spanId', spanId),
  one(3, 'traceState', text),
  one(4, 'parentSpanId', spanId),
  one(5, 'name', text),
  one(6, 'kind', spanKind),
  one(7, 'startTimeUnixNano', fixed64),
  one(8, 'endTimeUnixNano', fixed64),
  many(9, 'attributes', keyValue),
  one(10, 'droppedAttributesCount', uint32),
  many(11, 'events', event),
  one(12, 'droppedEventsCount', uint32),
  many(13, 'links', link),
  one(14, 'droppedLinksCount', uint32),
  one(15, 'status', status),
  one(16, 'flags', fixed32),
]);

const scopeSpans = message(() => [
  one(1, 'scope', instrumentationScope),
  many(2, 'spans', span),
  one(3, 'schemaUrl', text),
]);

const resourceSpans = message(() => [
  one(1, 'resource', resource),
  many(2, 'scopeSpans', scopeSpans),
  one(3, 'schemaUrl', text),
]);

export const traceRequest = message(() => [many(1, 'resourceSpans', resourceSpans)]);

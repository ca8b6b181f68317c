import fc from 'fast-check';
import {
  anyValue,
  attributes,
  encodedRequests,
  extremeTime,
  id,
  longOf,
  text,
  time,
} from './arbitraryOtlp';
import { logRequestType } from './otlpProto';

const record = fc.record(
  {
    timeUnixNano: fc
      .oneof({ weight: 4, arbitrary: time }, { weight: 1, arbitrary: fc.constant(0n) })
      .map(longOf),
    severityNumber: fc.oneof(fc.integer({ min: -1, max: 25 }), fc.integer()),
    severityText: text,
    body: anyValue,
    attributes,
    droppedAttributesCount: fc.nat(),
    flags: fc.nat(),
    traceId: id(16),
    spanId: id(8),
    observedTimeUnixNano: fc
      .oneof({ weight: 9, arbitrary: time }, { weight: 1, arbitrary: extremeTime })
      .map(longOf),
    eventName: text,
  },
  { requiredKeys: [] },
);
const scopeLogs = fc.record(
  {
    scope: fc.record({ name: text, version: text, attributes }, { requiredKeys: [] }),
    logRecords: fc.array(record, { maxLength: 4 }),
    schemaUrl: text,
  },
  { requiredKeys: ['logRecords'] },
);
const resourceLogs = fc.record(
  {
    resource: fc.record({ attributes }, { requiredKeys: [] }),
    scopeLogs: fc.array(scopeLogs, { maxLength: 2 }),
    schemaUrl: text,
  },
  { requiredKeys: ['scopeLogs'] },
);

/** Encoded `ExportLogsServiceRequest`s; every field may be missing. */
export const logRequests: fc.Arbitrary<Buffer> = encodedRequests(
  fc.record({ resourceLogs: fc.array(resourceLogs, { maxLength: 3 }) }),
  logRequestType,
);

import fc from 'fast-check';
import { logRequestType, traceRequestType } from '../../../../test/support/otlpProto';
import { DecodeError } from '../../core/errors';
import { jsonToProtobuf } from './jsonToProtobuf';
import { logRequest } from './logMessages';
import { traceRequest } from './traceMessages';

const MAX_DEPTH = 100;

const int64 = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.constantFrom(0n, 1n, -1n, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n)),
);
const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const uint32 = fc.nat({ max: 0xffffffff });
const id = (bytes: number): fc.Arbitrary<Buffer> =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((raw) => Buffer.from(raw));
const words = fc.string({ unit: 'grapheme', maxLength: 30 });

const { value: anyValue } = fc.letrec<{ value: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.record({ stringValue: words }),
    fc.record({ boolValue: fc.boolean() }),
    fc.record({ intValue: int64 }),
    fc.record({ doubleValue: fc.double() }),
    fc.record({ bytesValue: id(5) }),
    fc.constant({}),
    fc.record({ arrayValue: fc.record({ values: fc.array(tie('value'), { maxLength: 3 }) }) }),
    fc.record({
      kvlistValue: fc.record({
        values: fc.array(fc.record({ key: words, value: tie('value') }), { maxLength: 3 }),
      }),
    }),
  ),
}));
const attributes = fc.array(fc.record({ key: words, value: anyValue }), { maxLength: 5 });
const partial = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> =>
  fc.record(model, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;
const span = partial({
  traceId: id(16),
  spanId: id(8),
  traceState: words,
  parentSpanId: id(8),
  name: words,
  kind: fc.integer({ min: -7, max: 9 }),
  startTimeUnixNano: uint64,
  endTimeUnixNano: uint64,
  attributes,
  droppedAttributesCount: uint32,
  events: fc.array(partial({ timeUnixNano: uint64, name: words, attributes }), { maxLength: 2 }),
  links: fc.array(partial({ traceId: id(16), spanId: id(8), attributes, flags: uint32 }), {
    maxLength: 2,
  }),
  status: partial({ message: words, code: fc.integer({ min: 0, max: 2 }) }),
  flags: uint32,
});
const traces = partial({
  resourceSpans: fc.array(
    partial({
      resource: partial({ attributes, droppedAttributesCount: uint32 }),
      scopeSpans: fc.array(
        partial({
          scope: partial({ name: words, version: words, attributes }),
          spans: fc.array(span, { maxLength: 4 }),
          schemaUrl: words,
        }),
        { maxLength: 2 },
      ),
      schemaUrl: words,
    }),
    { maxLength: 2 },
  ),
});

const record = partial({
  timeUnixNano: uint64,
  severityNumber: fc.integer({ min: -7, max: 30 }),
  severityText: words,
  body: anyValue,
  attributes,
  droppedAttributesCount: uint32,
  flags: uint32,
  traceId: id(16),
  spanId: id(8),
  observedTimeUnixNano: uint64,
  eventName: words,
});
const logs = partial({
  resourceLogs: fc.array(
    partial({
      resource: partial({ attributes, droppedAttributesCount: uint32 }),
      scopeLogs: fc.array(
        partial({
          scope: partial({ name: words, version: words, attributes }),
          logRecords: fc.array(record, { maxLength: 4 }),
          schemaUrl: words,
        }),
        { maxLength: 2 },
      ),
      schemaUrl: words,
    }),
    { maxLength: 2 },
  ),
});
const SIGNALS = [
  { signal: 'traces', request: traces, message: traceRequest, oracle: traceRequestType() },
  { signal: 'logs', request: logs, message: logRequest, oracle: logRequestType() },
] as const;

/** The same request as protobufjs takes it: 64-bit integers as decimal strings. */
const forOracle = (value: unknown): unknown => {
  if (typeof value === 'bigint') return value.toString();
  if (Buffer.isBuffer(value) || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(forOracle);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, forOracle(inner)]));
};

/** The same request as OTLP/JSON; `quoted` decides whether 64-bit integers are strings. */
function asJson(value: unknown, quoted: boolean, key = ''): string {
  if (typeof value === 'bigint') return quoted ? `"${value}"` : value.toString();
  if (Buffer.isBuffer(value)) return `"${value.toString(key === 'bytesValue' ? 'base64' : 'hex')}"`;
  if (typeof value === 'number' && !Number.isFinite(value)) return `"${value}"`;
  if (Object.is(value, -0)) return '-0.0';
  if (Array.isArray(value)) return `[${value.map((item) => asJson(item, quoted)).join(' ,')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, inner]) => `${JSON.stringify(name)} : ${asJson(inner, quoted, name)}`,
  );
  return `{${members.join(',\n')}}`;
}

describe.each(SIGNALS)('$signal', ({ request, message, oracle }) => {
  const bytesOf = (json: string): Buffer => jsonToProtobuf(message, Buffer.from(json), MAX_DEPTH);

  test('any request becomes the bytes that protobufjs writes for it', () => {
    fc.assert(
      fc.property(request, fc.boolean(), (plain, quoted) => {
        const expected = oracle
          .encode(oracle.fromObject(forOracle(plain) as Record<string, unknown>))
          .finish();
        expect(bytesOf(asJson(plain, quoted)).toString('hex')).toBe(
          Buffer.from(expected).toString('hex'),
        );
      }),
      { numRuns: 300 },
    );
  });

  test('anything else is bytes or a DecodeError, never another error', () => {
    const attempt = (json: string): void => {
      try {
        oracle.decode(bytesOf(json));
      } catch (error) {
        expect(error).toBeInstanceOf(DecodeError);
      }
    };
    const damaged = fc
      .tuple(request, fc.nat(), fc.string({ maxLength: 3 }))
      .map(([plain, at, noise]) => {
        const json = asJson(plain, true);
        const cut = at % (json.length + 1);
        return json.slice(0, cut) + noise + json.slice(cut + noise.length);
      });
    const wrongTypes = fc
      .jsonValue()
      .map((value) => JSON.stringify({ resourceSpans: [value], resourceLogs: [value] }));
    fc.assert(fc.property(fc.oneof(damaged, wrongTypes, fc.json(), fc.string()), attempt), {
      numRuns: 500,
    });
  });
});

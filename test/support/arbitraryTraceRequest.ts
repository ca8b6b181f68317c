import fc from 'fast-check';
import { traceRequestType } from './otlpProto';

type Plain = Record<string, unknown>;

const MAX_UINT64 = 2n ** 64n - 1n;
/** Any text that UTF-8 can carry, control characters and astral planes included. */
const text = fc.string({ unit: 'binary', maxLength: 12 });
/** Few, so that equal keys in one list and equal lists in several spans are common. */
const key = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('a', 'b', 'service.name', 'service.nam', 'k'.repeat(130), ''),
  },
  { weight: 1, arbitrary: text },
);
const bytes = fc.uint8Array({ maxLength: 9 });

const int64 = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.constantFrom(0n, 1n, -1n, 127n, 128n, 2n ** 31n, -(2n ** 31n), 2n ** 53n + 1n),
  fc.constantFrom(-(2n ** 63n), 2n ** 63n - 1n),
);
const double = fc.oneof(
  fc.double(),
  fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 1e-7, 1e-6, 1e20, 1e21, 5e-324, 1, -1),
);
const MOMENT = 1_795_000_000_000_000_000n;
const extremeTime = fc.oneof(
  fc.bigInt({ min: 0n, max: MAX_UINT64 }),
  fc.constantFrom(0n, 1n, 2n ** 63n - 1n, 2n ** 63n, MAX_UINT64),
);
/** Mostly of one day: each day that spans start on is a part of its own, and many make an insert slow. */
const time = fc.oneof(
  { weight: 6, arbitrary: fc.bigInt({ min: MOMENT, max: MOMENT + 2n ** 40n }) },
  { weight: 1, arbitrary: extremeTime },
);
/** An id of the right length, one of zeros, or none. */
const id = (length: number): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.uint8Array({ minLength: length, maxLength: length }) },
    { weight: 1, arbitrary: fc.constantFrom(new Uint8Array(length), new Uint8Array(0)) },
  );

/** An `AnyValue`, four levels deep at most. */
const { anyValue } = fc.letrec<{ anyValue: Plain; leaf: Plain }>((tie) => ({
  leaf: fc.oneof(
    fc.record({ stringValue: fc.oneof(text, fc.string({ maxLength: 300 })) }),
    fc.record({ boolValue: fc.boolean() }),
    fc.record({ intValue: int64.map(longOf) }),
    fc.record({ doubleValue: double }),
    fc.record({ bytesValue: bytes }),
    fc.constant({}),
  ),
  anyValue: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    tie('leaf'),
    fc.record({
      arrayValue: fc.record({ values: fc.array(tie('anyValue'), { maxLength: 3 }) }),
    }),
    fc.record({
      kvlistValue: fc.record({
        values: fc.array(fc.record({ key, value: tie('anyValue') }), { maxLength: 3 }),
      }),
    }),
  ),
}));

const attributes = fc.array(fc.record({ key, value: anyValue }, { requiredKeys: ['key'] }), {
  maxLength: 5,
});
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

/** Encoded `ExportTraceServiceRequest`s of every shape that OTLP allows; every field may be missing. */
const whole: fc.Arbitrary<Buffer> = fc
  .record({ resourceSpans: fc.array(resourceSpans, { maxLength: 3 }) })
  .map((request) => {
    const type = traceRequestType();
    return Buffer.from(type.encode(type.fromObject(request)).finish());
  });

/** Some of them cut off somewhere. */
export const traceRequests: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 4, arbitrary: whole },
  {
    weight: 1,
    arbitrary: fc
      .tuple(whole, fc.integer({ min: 1, max: 99 }))
      .map(([bytes, percent]) => bytes.subarray(0, Math.floor((bytes.length * percent) / 100))),
  },
);

/** As protobufjs takes a 64-bit number from a plain object; unsigned and signed ones differ in nothing but the bits. */
function longOf(value: bigint): { low: number; high: number; unsigned: boolean } {
  return {
    low: Number(BigInt.asIntN(32, value)),
    high: Number(BigInt.asIntN(32, value >> 32n)),
    unsigned: value >= 0n,
  };
}

import fc from 'fast-check';
import type protobuf from 'protobufjs';

type Plain = Record<string, unknown>;

const MAX_UINT64 = 2n ** 64n - 1n;
/** Any text that UTF-8 can carry, control characters and astral planes included. */
export const text = fc.string({ unit: 'binary', maxLength: 12 });
/** Few, so that equal keys in one list and equal lists in several spans are common. */
const key = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('a', 'b', 'service.name', 'service.nam', 'k'.repeat(130), ''),
  },
  { weight: 1, arbitrary: text },
);
const bytes = fc.uint8Array({ maxLength: 9 });

export const int64 = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.constantFrom(0n, 1n, -1n, 127n, 128n, 2n ** 31n, -(2n ** 31n), 2n ** 53n + 1n),
  fc.constantFrom(-(2n ** 63n), 2n ** 63n - 1n),
);
export const double = fc.oneof(
  fc.double(),
  fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 1e-7, 1e-6, 1e20, 1e21, 5e-324, 1, -1),
);
const MOMENT = 1_795_000_000_000_000_000n;
export const extremeTime = fc.oneof(
  fc.bigInt({ min: 0n, max: MAX_UINT64 }),
  fc.constantFrom(0n, 1n, 2n ** 63n - 1n, 2n ** 63n, MAX_UINT64),
);
/** Mostly of one day: each day that spans start on is a part of its own, and many make an insert slow. */
export const time = fc.oneof(
  { weight: 6, arbitrary: fc.bigInt({ min: MOMENT, max: MOMENT + 2n ** 40n }) },
  { weight: 1, arbitrary: extremeTime },
);
/** An id of the right length, one of zeros, or none. */
export const id = (length: number): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.uint8Array({ minLength: length, maxLength: length }) },
    { weight: 1, arbitrary: fc.constantFrom(new Uint8Array(length), new Uint8Array(0)) },
  );

/** An `AnyValue`, four levels deep at most. */
export const { anyValue } = fc.letrec<{ anyValue: Plain; leaf: Plain }>((tie) => ({
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

export const attributes = fc.array(fc.record({ key, value: anyValue }, { requiredKeys: ['key'] }), {
  maxLength: 5,
});
/** Encoded requests of every shape that OTLP allows, some of them cut off somewhere. */
export function encodedRequests(
  plain: fc.Arbitrary<Plain>,
  type: () => protobuf.Type,
): fc.Arbitrary<Buffer> {
  const whole = plain.map((request) =>
    Buffer.from(type().encode(type().fromObject(request)).finish()),
  );
  const cut = fc
    .tuple(whole, fc.integer({ min: 1, max: 99 }))
    .map(([bytes, percent]) => bytes.subarray(0, Math.floor((bytes.length * percent) / 100)));
  return fc.oneof({ weight: 4, arbitrary: whole }, { weight: 1, arbitrary: cut });
}

/** As protobufjs takes a 64-bit number from a plain object; unsigned and signed ones differ in nothing but the bits. */
export function longOf(value: bigint): { low: number; high: number; unsigned: boolean } {
  return {
    low: Number(BigInt.asIntN(32, value)),
    high: Number(BigInt.asIntN(32, value >> 32n)),
    unsigned: value >= 0n,
  };
}

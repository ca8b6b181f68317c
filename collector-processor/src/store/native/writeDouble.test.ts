import fc from 'fast-check';
import { doubleText } from '../../otlp/anyValue';
import { ByteBuffer } from './byteBuffer';
import { writeDouble } from './writeDouble';

const written = (value: number): string => {
  const buffer = new ByteBuffer();
  writeDouble(buffer, value);
  if (buffer.bytes[0] !== buffer.length - 1) throw new Error(`wrong length for ${value}`);
  return buffer.bytes.toString('latin1', 1, buffer.length);
};

describe('writeDouble writes what String gives', () => {
  test.each([
    0,
    -0,
    NaN,
    Infinity,
    -Infinity,
    0.1,
    0.2,
    0.30000000000000004,
    1e-5,
    9.999e-6,
    1e15,
    1e21,
    5e-324,
    1.7976931348623157e308,
    2 ** 53,
    2 ** 53 - 1,
    0.5,
    0.25,
    1 / 3,
    2 / 3,
    123456789.12345679,
    9.999999999999998,
    0.9999999999999999,
    99999999999999.98,
    999999999999999.9,
    100,
    1234500000,
    4.35,
    0.001,
    0.00001234,
    1.005,
    -273.15,
  ])('%p', (value) => {
    expect(written(value)).toBe(doubleText(value));
  });

  test('any double', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        expect(written(value)).toBe(doubleText(value));
      }),
      { numRuns: 20_000 },
    );
  });

  test('doubles of everyday size, of every length, and their neighbours', () => {
    const bits = new Float64Array(1);
    const whole = new BigInt64Array(bits.buffer);
    let seed = 1;
    const random = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647;
    const wrong: number[] = [];
    for (let i = 0; i < 400_000; i++) {
      const size = 10 ** (random() * 20 - 5);
      const exact = random() * size;
      const value = i % 2 === 0 ? exact : Number(exact.toPrecision(1 + Math.floor(random() * 17)));
      bits[0] = value;
      whole[0]! += BigInt(i % 3) - 1n;
      if (written(bits[0]) !== doubleText(bits[0])) wrong.push(bits[0]);
    }
    expect(wrong).toEqual([]);
  });
});

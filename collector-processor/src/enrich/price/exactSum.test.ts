import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createSum, divideHalfEven } from './exactSum';

const SLOTS = 4;

/** The same sum in whole numbers of any size: billionths per million × tokens, divided once. */
function reference(counts: readonly number[], prices: readonly number[]): number {
  const sum = counts.reduce(
    (total, count, slot) => total + BigInt(count) * BigInt(prices[slot]!),
    0n,
  );
  const floor = sum / 1_000_000n;
  const twice = (sum % 1_000_000n) * 2n;
  const up = twice > 1_000_000n || (twice === 1_000_000n && floor % 2n === 1n);
  return Number(floor + (up ? 1n : 0n));
}

const slots = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.array(value, { minLength: SLOTS, maxLength: SLOTS });

describe('exact sums', () => {
  test.each([
    [1_500, 1_000, 2],
    [2_500, 1_000, 2],
    [2_501, 1_000, 3],
    [2_499, 1_000, 2],
    [0, 1_000, 0],
  ])('%d / %d is %d, half to even', (amount, divisor, quotient) => {
    expect(divideHalfEven(amount, divisor)).toBe(quotient);
  });

  test('equals whole-number arithmetic to the last billionth, and the parts add up', () => {
    const sum = createSum(SLOTS);
    const parts = new Float64Array(SLOTS);
    const whole = fc.integer({ min: 0, max: 600e6 }).map((micro) => micro * 1_000);
    const any = fc.integer({ min: 0, max: 600e9 });
    const count = fc.oneof(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 5e7 }));
    fc.assert(
      fc.property(slots(count), fc.oneof(slots(whole), slots(any)), (counts, prices) => {
        const isWhole = prices.every((price) => price % 1_000 === 0);
        const total = sum.total(
          Float64Array.from(counts),
          Float64Array.from(prices),
          isWhole,
          parts,
        );
        expect(total).toBe(reference(counts, prices));
        expect(parts.reduce((left, right) => left + right, 0)).toBe(total);
        // No part is further than one billionth from its own cost.
        counts.forEach((tokens, slot) => {
          expect(Math.abs(parts[slot]! - reference([tokens], [prices[slot]!]))).toBeLessThanOrEqual(
            1,
          );
        });
      }),
      { numRuns: 500 },
    );
  });

  test('counts that are not there, without a price, infinite or fractional do no harm', () => {
    const sum = createSum(2);
    const total = (counts: number[], prices: number[]): number =>
      sum.total(Float64Array.from(counts), Float64Array.from(prices), true, new Float64Array(2));
    expect(total([NaN, 2], [1e9, 1e9])).toBe(2_000);
    expect(sum.incomplete).toBe(false);
    expect(total([1, 2], [NaN, 1e9])).toBe(2_000);
    expect(sum.incomplete).toBe(true);
    expect(total([-1, 2], [1e9, 1e9])).toBe(2_000);
    expect(total([0, 0], [1e9, 1e9])).toBe(0);
    expect(total([Infinity, 0], [1e9, 1e9])).toBeGreaterThan(9e18);
  });
});

import { continuedFraction } from './continuedFraction';
import { logGamma } from './logGamma';
import type { Tails } from './tails';

/**
 * The regularised incomplete beta function I_x(a, b) and its complement (DLMF 8.17, https://dlmf.nist.gov/8.17), for
 * a, b > 0 and 0 ≤ x ≤ 1. `rest` is 1 − x, told apart so that an upper tail near x = 1 loses no digits.
 */
export function incompleteBeta(x: number, rest: number, a: number, b: number): Tails {
  if (!(x > 0)) return { lower: 0, upper: 1 };
  if (!(rest > 0)) return { lower: 1, upper: 0 };
  // The fraction converges fast below the mean, so the other tail is computed where x is above it.
  if (x > (a + 1) / (a + b + 2)) {
    const { lower, upper } = incompleteBeta(rest, x, b, a);
    return { lower: upper, upper: lower };
  }
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(rest),
  );
  // DLMF 8.17.22.
  const fraction = continuedFraction(1, (k) => {
    const m = k >> 1;
    const numerator =
      k % 2 === 0
        ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
        : -((a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    return [numerator, 1];
  });
  const lower = front / (a * fraction);
  return { lower, upper: 1 - lower };
}

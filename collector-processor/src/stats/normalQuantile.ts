import { normalTail } from './tails';

/** Steps of Newton's method with Halley's correction: each triples the right digits. */
const STEPS = 4;

/** The z with P(Z ≤ z) = `p`, for 0 < p < 1; infinite at the ends. */
export function normalQuantile(p: number): number {
  if (p <= 0) return -Infinity;
  if (p >= 1) return Infinity;
  if (p > 0.5) return -normalQuantile(1 - p);
  // Start: Abramowitz and Stegun 26.2.23, error below 4.5e-4.
  const t = Math.sqrt(-2 * Math.log(p));
  let z =
    (2.515_517 + t * (0.802_853 + t * 0.010_328)) /
      (1 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308))) -
    t;
  for (let step = 0; step < STEPS; step++) {
    const density = Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI);
    const error = (normalTail(-z) - p) / density;
    z -= error / (1 + (z * error) / 2);
  }
  return z;
}

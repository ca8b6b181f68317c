import { totalOf } from './featureCounts';

const LEAST_EXPECTED = 5;

/** Categories whose expected count is too small for the chi-square distribution, in one. */
export function foldRare(before: readonly number[], now: readonly number[]): [number[], number[]] {
  const [m, n] = [totalOf(before), totalOf(now)];
  const [a, b]: [number[], number[]] = [[0], [0]];
  before.forEach((count, k) => {
    const expected = ((count + now[k]!) * Math.min(m, n)) / (m + n);
    if (expected >= LEAST_EXPECTED) {
      a.push(count);
      b.push(now[k]!);
    } else {
      a[0]! += count;
      b[0]! += now[k]!;
    }
  });
  // Too few even together: with the smallest of the others.
  if (a.length > 1 && ((a[0]! + b[0]!) * Math.min(m, n)) / (m + n) < LEAST_EXPECTED) {
    const smallest = a.map((count, k) => (k === 0 ? Infinity : count + b[k]!));
    const k = smallest.indexOf(Math.min(...smallest));
    a[k]! += a[0]!;
    b[k]! += b[0]!;
    return [a.slice(1), b.slice(1)];
  }
  return [a, b];
}

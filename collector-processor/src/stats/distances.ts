import { binnedAndersonDarling } from './bridge';

/** Familiar distances between two histograms on the same bins, for charts; none of them decides anything. */
export interface Distances {
  /** Population stability index, Σ (q − p) ln(q / p), with half a row added to every bin so that it stays finite. */
  readonly psi: number;
  /** Jensen-Shannon distance, base 2: 0 for equal shares, 1 for disjoint ones (J. Lin, IEEE Trans. Inf. Theory 37, 1991). */
  readonly js: number;
  /** Hellinger distance √(1 − Σ √(p q)): 0 to 1. */
  readonly hellinger: number;
  /** Kolmogorov-Smirnov distance of the binned distribution functions: 0 to 1. */
  readonly ks: number;
  /** Anderson-Darling distance ∫ (F − G)² / (H (1 − H)) dH on the bins (F. W. Scholz and M. A. Stephens, JASA 82, 1987). */
  readonly ad: number;
}

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

/** `psi` and `js` of `current` from `reference`, counts of the same bins; NaN when one is empty. */
export function divergences(
  reference: readonly number[],
  current: readonly number[],
): Pick<Distances, 'psi' | 'js'> {
  const m = total(reference);
  const n = total(current);
  if (m === 0 || n === 0) return { psi: NaN, js: NaN };
  const bins = reference.length;
  let [psi, js] = [0, 0];
  for (let k = 0; k < bins; k++) {
    const p = reference[k]! / m;
    const q = current[k]! / n;
    const smoothP = (reference[k]! + 0.5) / (m + bins / 2);
    const smoothQ = (current[k]! + 0.5) / (n + bins / 2);
    psi += (smoothQ - smoothP) * Math.log(smoothQ / smoothP);
    const middle = (p + q) / 2;
    if (p > 0) js += (p * Math.log2(p / middle)) / 2;
    if (q > 0) js += (q * Math.log2(q / middle)) / 2;
  }
  return { psi, js: Math.sqrt(Math.max(0, js)) };
}

/** `ks` of `current` from `reference`, counts of the same bins in order of their values; NaN when one is empty. */
export function kolmogorovSmirnov(
  reference: readonly number[],
  current: readonly number[],
): number {
  const m = total(reference);
  const n = total(current);
  if (m === 0 || n === 0) return NaN;
  let [ks, difference] = [0, 0];
  for (let k = 0; k < reference.length; k++) {
    difference += current[k]! / n - reference[k]! / m;
    ks = Math.max(ks, Math.abs(difference));
  }
  return ks;
}

/** Distances of `current` from `reference`: counts of the same bins, in order of their values. NaN when one is empty. */
export function distances(reference: readonly number[], current: readonly number[]): Distances {
  const m = total(reference);
  const n = total(current);
  if (m === 0 || n === 0) return { psi: NaN, js: NaN, hellinger: NaN, ks: NaN, ad: NaN };
  const overlap = reference.reduce(
    (sum, count, k) => sum + Math.sqrt((count / m) * (current[k]! / n)),
    0,
  );
  return {
    ...divergences(reference, current),
    hellinger: Math.sqrt(Math.max(0, 1 - overlap)),
    ks: kolmogorovSmirnov(reference, current),
    ad: binnedAndersonDarling(reference, current).statistic,
  };
}

/** What is known of the values in a bin. */
export interface BinMoments {
  readonly count: number;
  readonly sum: number;
}

/**
 * Wasserstein-1 distance in units of the reference's standard deviation, from counts and sums of the same bins: the
 * area between the distribution functions, each bin's rows taken at their own mean. NaN when one side is empty;
 * `referenceSd` 0 counts as the smallest positive number, so a constant that moves is far away.
 */
export function wasserstein(
  reference: readonly BinMoments[],
  current: readonly BinMoments[],
  referenceSd: number,
): number {
  const m = reference.reduce((sum, { count }) => sum + count, 0);
  const n = current.reduce((sum, { count }) => sum + count, 0);
  if (m === 0 || n === 0) return NaN;
  const size = reference.length + current.length;
  const [at, share] = [new Float64Array(size), new Float64Array(size)];
  let length = 0;
  const add = ({ count, sum }: BinMoments, weight: number): void => {
    if (count === 0) return;
    const mean = sum / count;
    // Both sides come in about the order of their means, so each finds its place after a few steps.
    let place = length++;
    for (; place > 0 && at[place - 1]! > mean; place--) {
      at[place] = at[place - 1]!;
      share[place] = share[place - 1]!;
    }
    at[place] = mean;
    share[place] = count * weight;
  };
  for (let k = 0; k < Math.max(reference.length, current.length); k++) {
    if (k < reference.length) add(reference[k]!, 1 / m);
    if (k < current.length) add(current[k]!, -1 / n);
  }
  let [area, difference] = [0, 0];
  for (let k = 0; k + 1 < length; k++) {
    difference += share[k]!;
    area += Math.abs(difference) * (at[k + 1]! - at[k]!);
  }
  return area / (referenceSd > 0 ? referenceSd : Number.MIN_VALUE);
}

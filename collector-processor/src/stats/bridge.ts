import { createRandom } from './random';

/** Tail probabilities that a null table keeps, from certain to rare: evenly spaced on a logarithmic scale. */
const KEPT = 100;
const DRAWS = 20_000;

/** Quantiles of a statistic under its null hypothesis: `values[i]` is exceeded with probability `tails[i]`. */
export interface NullTable {
  readonly tails: readonly number[];
  readonly values: readonly number[];
}

/** The Anderson-Darling distance of shares `q` from `p` on the bins: Σ D² / (H (1 − H)) h, H and h pooled by rows. */
export function binnedAndersonDarling(
  reference: readonly number[],
  current: readonly number[],
): { statistic: number; m: number; n: number } {
  const m = reference.reduce((sum, count) => sum + count, 0);
  const n = current.reduce((sum, count) => sum + count, 0);
  let [statistic, difference, pooled] = [0, 0, 0];
  const share = (k: number): number => (reference[k]! + current[k]!) / (m + n);
  for (let k = 0; k < reference.length - 1; k++) {
    difference += current[k]! / n - reference[k]! / m;
    pooled += share(k);
    if (pooled <= 0 || pooled >= 1) continue;
    const width = (share(k) + share(k + 1)) / 2;
    statistic += ((difference * difference) / (pooled * (1 - pooled))) * width;
  }
  return { statistic, m, n };
}

/**
 * The null distribution of `n m / (n + m)` times the binned Anderson-Darling statistic: the same functional of a
 * Brownian bridge seen at the bins, `z ~ N(0, diag(p) − p pᵀ)` (T. W. Anderson and D. A. Darling, Ann. Math. Stat. 23,
 * 1952). It depends on the shares alone, so features with equal shares share a table; equal seeds give equal tables.
 */
export function bridgeTable(shares: readonly number[], seed: number, draws = DRAWS): NullTable {
  const random = createRandom(seed);
  const used = shares.filter((share) => share > 0);
  const found = new Float64Array(draws);
  const noise = new Float64Array(used.length);
  for (let draw = 0; draw < draws; draw++) {
    let sum = 0;
    for (let k = 0; k < used.length; k++) sum += noise[k] = random.normal() * Math.sqrt(used[k]!);
    let [statistic, difference, below] = [0, 0, 0];
    for (let k = 0; k < used.length - 1; k++) {
      difference += noise[k]! - used[k]! * sum;
      below += used[k]!;
      const width = (used[k]! + used[k + 1]!) / 2;
      statistic += ((difference * difference) / (below * (1 - below))) * width;
    }
    found[draw] = statistic;
  }
  return tableOf(found);
}

/** Keeps the quantiles of drawn statistics; sorts them in place. */
export function tableOf(drawn: Float64Array): NullTable {
  drawn.sort();
  const rarest = 1 / (drawn.length + 1);
  const tails: number[] = [];
  const values: number[] = [];
  for (let i = 0; i < KEPT; i++) {
    const tail = rarest ** (i / (KEPT - 1));
    tails.push(tail);
    // As many of the draws are at or above this one as the tail says.
    const place = Math.round((1 - tail) * (drawn.length + 1)) - 1;
    values.push(drawn[Math.min(drawn.length - 1, Math.max(0, place))]!);
  }
  values[0] = 0;
  return { tails, values };
}

/** The probability to exceed `statistic`; not below what the table's draws can tell. */
export function tailOf({ tails, values }: NullTable, statistic: number): number {
  if (Number.isNaN(statistic)) return NaN;
  const above = values.findIndex((value) => value >= statistic);
  if (above === 0) return 1;
  if (above < 0) return tails.at(-1)!;
  const [low, high] = [values[above - 1]!, values[above]!];
  const way = high > low ? (statistic - low) / (high - low) : 1;
  return tails[above - 1]! * (tails[above]! / tails[above - 1]!) ** way;
}

/**
 * P-value of a window against a reference whose rows are independent of each other: for references without seasons, a
 * training set against a range, two ranges. NaN when one side is empty.
 */
export function bridgeTest(
  reference: readonly number[],
  current: readonly number[],
  table: NullTable,
): number {
  const { statistic, m, n } = binnedAndersonDarling(reference, current);
  return n > 0 && m > 0 ? tailOf(table, ((n * m) / (n + m)) * statistic) : NaN;
}

import type { FeatureBins } from '@plumbline/schemas';
import { binOrder, usable } from '../drift/binOrder';
import { type FeatureBaseline, totalOf } from '../drift/featureCounts';

export interface Fences {
  readonly low: number;
  readonly high: number;
  /** Most rows of the baseline that can be beyond them: bins that a fence cuts are counted whole. */
  readonly beyond: number;
}

/** Standard deviations of a normal distribution per median absolute deviation, and up to its 99% quantile. */
const PER_MAD = 1.4826;
const PER_TAIL = 2.3263;

interface Weighted {
  readonly value: number;
  readonly count: number;
}

/** The value that this share of the rows does not exceed; of bins their mean. */
function quantile(sorted: readonly Weighted[], share: number, n: number): number {
  let below = 0;
  for (const { value, count } of sorted) {
    below += count;
    if (below >= share * n) return value;
  }
  return sorted.at(-1)?.value ?? NaN;
}

/**
 * Fences from the frozen bins of a baseline: median ± `scale` robust standard deviations, each side by its own, the larger
 * of 1.4826 MAD (F. R. Hampel, JASA 69, 1974) and what the distance to the 1% or 99% quantile says, so that skew and many
 * equal values do not make outliers of ordinary rows. Undefined for categories, and where nothing varies.
 */
export function robustFences(
  bins: FeatureBins,
  baseline: FeatureBaseline,
  scale: number,
): Fences | undefined {
  if (bins.kind === 'category') return undefined;
  const order = binOrder(bins, baseline);
  const counts = usable(order, baseline);
  const n = totalOf(counts);
  const sorted = order.places
    .map((place, k) => ({ value: baseline.sums[place]! / counts[k]!, count: counts[k]! }))
    .filter(({ value, count }) => count > 0 && Number.isFinite(value));
  const median = quantile(sorted, 0.5, n);
  const deviations = sorted
    .map(({ value, count }) => ({ value: Math.abs(value - median), count }))
    .sort((a, b) => a.value - b.value);
  const mad = PER_MAD * quantile(deviations, 0.5, n);
  const below = Math.max(mad, (median - quantile(sorted, 0.01, n)) / PER_TAIL);
  const above = Math.max(mad, (quantile(sorted, 0.99, n) - median) / PER_TAIL);
  if (!(below + above > 0) || !Number.isFinite(below + above)) return undefined;
  // A side that never varied has the spread of the other one: a value there is new, not an outlier.
  const low = median - scale * (below > 0 ? below : above);
  const high = median + scale * (above > 0 ? above : below);
  return { low, high, beyond: countBeyond(bins, baseline, low, high) };
}

function countBeyond(
  { edges, atoms }: FeatureBins,
  { counts }: FeatureBaseline,
  low: number,
  high: number,
): number {
  let beyond = 0;
  for (let bin = 0; bin <= edges.length; bin++) {
    const [from, to] = [edges[bin - 1] ?? -Infinity, edges[bin] ?? Infinity];
    if (from < low || to > high) beyond += counts[bin] ?? 0;
  }
  atoms.forEach((atom, k) => {
    if (atom < low || atom > high) beyond += counts[edges.length + 1 + k] ?? 0;
  });
  return beyond;
}

import { divergences, kolmogorovSmirnov, wasserstein } from '../../stats/distances';
import { type BinOrder, usable } from './binOrder';
import { type FeatureCounts, totalOf } from './featureCounts';
import type { FeatureReference } from './featureReference';

export interface ShownDistances {
  readonly psi: number;
  readonly js: number;
  readonly ks: number;
  readonly wasserstein: number;
}

const moments = (order: BinOrder, one: FeatureCounts) =>
  order.places.map((place) => ({ count: one.counts[place] ?? 0, sum: one.sums[place] ?? 0 }));

/**
 * The familiar distances for charts. Missing and new rows are bins too, or a feed that breaks would show none; only what
 * needs an order of values leaves them out, and is NaN for categories.
 */
export function distancesOf(reference: FeatureReference, window: FeatureCounts): ShownDistances {
  const { order, baseline, bins, sd } = reference;
  const { psi, js } = divergences(baseline.counts, window.counts);
  if (bins.kind === 'category') return { psi, js, ks: NaN, wasserstein: NaN };
  return {
    psi,
    js,
    ks: kolmogorovSmirnov(usable(order, baseline), usable(order, window)),
    wasserstein: wasserstein(moments(order, baseline), moments(order, window), sd),
  };
}

/** What a Jensen-Shannon distance has beyond the noise of that many rows: its square has the mean (K − 1)(1/n + 1/m) / (8 ln 2). */
export function distanceBeyondNoise(
  { baseline }: FeatureReference,
  window: FeatureCounts,
  js: number,
): number {
  const bins = baseline.counts.filter((count, k) => count + window.counts[k]! > 0).length;
  const [m, n] = [totalOf(baseline.counts), totalOf(window.counts)];
  return Math.sqrt(Math.max(0, js * js - ((bins - 1) * (1 / n + 1 / m)) / (8 * Math.LN2)));
}

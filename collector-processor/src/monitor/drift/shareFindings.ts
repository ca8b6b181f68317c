import { describeBins } from '@plumbline/schemas';
import { seasonalRegressors } from '../../stats/seasonalRegressors';
import { type FeatureCounts, type FeatureWindow, totalOf } from './featureCounts';
import type { FeatureReference, SteadyTest } from './featureReference';
import { change, type Finding, percent, valueText } from './finding';
import { type ShareCount, shareEffect, shareTest } from './shareTest';

/** Tests of single shares beside the main one: rows without a usable value, and one value that is too frequent. */
export function shareFindings(
  reference: FeatureReference,
  { history, season }: SteadyTest,
  window: FeatureWindow,
  regressors: readonly number[],
): Finding[] {
  const { order, baseline } = reference;
  const tested = (rule: string, place: number): Finding => {
    const [from, to] = [shareAt(baseline, place), shareAt(window, place)];
    const windows = () =>
      history
        .sharesAt(place)
        .map((one) => ({ ...one, regressors: seasonalRegressors(one.timeMs, season) }));
    return {
      rule,
      p: shareTest({ reference: from, windows }, { ...to, regressors }),
      effect: shareEffect(from, to),
      direction: change(from.count / from.n, to.count / to.n),
    };
  };
  const missing = tested('missing_share', order.missing);
  const fresh = tested('new_share', order.new);
  const found = [
    { ...missing, direction: `missing ${missing.direction}` },
    { ...fresh, direction: `new values ${fresh.direction}` },
  ];
  const top = topPlace(reference, window);
  if (top !== undefined) {
    const finding = tested('top_value_share', top);
    // It was looked for in all bins.
    const p = Math.min(1, finding.p * order.places.length);
    found.push({ ...finding, p, direction: topText(reference, window, top) });
  }
  return found.filter(({ p }) => !Number.isNaN(p));
}

const shareAt = (one: FeatureCounts, place: number): ShareCount => ({
  count: one.counts[place] ?? 0,
  n: totalOf(one.counts),
});

/** The bin that is most above its share of the reference; only what holds much of the window is a top value. */
const LEAST_TOP_SHARE = 0.1;

export function topPlace(
  { order, baseline }: FeatureReference,
  window: FeatureCounts,
): number | undefined {
  const [m, n] = [totalOf(baseline.counts), totalOf(window.counts)];
  let [best, most] = [-1, 0];
  for (const place of order.places) {
    const share = window.counts[place]! / n;
    const excess = share - baseline.counts[place]! / m;
    if (share >= LEAST_TOP_SHARE && excess > most) [best, most] = [place, excess];
  }
  return best < 0 ? undefined : best;
}

function topText({ bins }: FeatureReference, window: FeatureWindow, place: number): string {
  const share = percent(window.counts[place]! / totalOf(window.counts));
  const { low, high, label } = describeBins(bins)[place]!;
  if (bins.kind === 'category') return `category ${JSON.stringify(label)} in ${share} of rows`;
  if (low !== null && low === high) return `value ${valueText(low)} in ${share} of rows`;
  const mean = window.sums[place]! / window.counts[place]!;
  return `values around ${valueText(mean)} in ${share} of rows`;
}

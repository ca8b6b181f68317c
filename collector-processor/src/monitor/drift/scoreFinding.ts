import { type BinScore, scoreWindow } from '../../stats/binScores';
import type { HotellingReference, HotellingResult, ScoredWindow } from '../../stats/hotelling';
import { fTail } from '../../stats/tails';
import { momentsOf, usable } from './binOrder';
import { type FeatureWindow, totalOf } from './featureCounts';
import type { FeatureReference } from './featureReference';
import { change, type Finding, upOrDown } from './finding';
import { outerShare, tailBins } from './tailShare';

export interface ScoreFinding extends Finding {
  /** P-value of the first score alone: a shift of the mean shows there first. */
  readonly locationP: number;
}

/** The T² test of a window, and what moved most in it. */
export function scoreFinding(
  reference: FeatureReference,
  hotelling: HotellingReference,
  window: FeatureWindow,
  regressors: readonly number[],
): ScoreFinding {
  const counts = usable(reference.order, window);
  const scored: ScoredWindow = {
    n: totalOf(counts),
    scores: scoreWindow(reference.scores, counts),
    regressors,
  };
  const result = hotelling.test(scored);
  const covariance = hotelling.covarianceOf(scored);
  const spread = covariance.map((row, j) => Math.sqrt(row[j]!));
  const standard = result.residuals.map((residual, j) =>
    Math.abs(residual) > 1e-12 ? Math.abs(residual) / spread[j]! : 0,
  );
  const leading = standard.indexOf(Math.max(...standard));
  const locationP = fTail(
    standard[0]! ** 2 / (1 + hotelling.fit.leverage(regressors)),
    1,
    hotelling.fit.degreesOfFreedom,
  );
  const told =
    reference.bins.kind === 'number'
      ? describeNumber(reference, window, counts, { result, leading, scored })
      : describeCategory(reference, counts, hotelling.fit.predict(regressors));
  return { rule: 't2', p: result.p, ...told, locationP };
}

interface Tested {
  readonly result: HotellingResult;
  readonly leading: number;
  readonly scored: ScoredWindow;
}

type Told = Pick<Finding, 'effect' | 'direction'>;

function describeNumber(
  reference: FeatureReference,
  window: FeatureWindow,
  counts: readonly number[],
  { result, leading, scored }: Tested,
): Told {
  const residual = result.residuals[leading]!;
  const score = reference.scores[leading]!;
  const { sd } = momentsOf(reference.order, window);
  switch (score.name) {
    case 'location': {
      const effect = meanShift(reference, window, scored.scores[0]!, result.residuals[0]!);
      return { effect, direction: `mean ${upOrDown(effect)} ${Math.abs(effect).toFixed(2)} sd` };
    }
    case 'scale': {
      const ratio = sd / reference.sd;
      const known = Number.isFinite(ratio) && ratio > 1 === residual > 0;
      const by = known ? ` (sd × ${ratio.toFixed(2)})` : '';
      return { effect: residual, direction: `spread ${upOrDown(residual)}${by}` };
    }
    case 'skew':
      return { effect: residual, direction: `skew ${upOrDown(residual)}` };
    case 'kurtosis':
      return {
        effect: residual,
        direction: residual > 0 ? 'more in the middle and at the ends' : 'more in the shoulders',
      };
    case 'lowTail':
    case 'highTail': {
      const side = score.name === 'lowTail' ? 'lower' : 'upper';
      const [from, to] = tailShares(reference, counts, score.name === 'lowTail');
      return { effect: residual, direction: `${side} tail ${change(from, to)}` };
    }
  }
}

/**
 * The shift of the mean in reference standard deviations, less what the season explains. Where the mean is not finite, or
 * far-out values turn it round, the ranks tell.
 */
function meanShift(
  reference: FeatureReference,
  window: FeatureWindow,
  score: number,
  residual: number,
): number {
  const { mean } = momentsOf(reference.order, window);
  const byRank = residual / reference.locationPerSd;
  const seasonal = (score - residual) / reference.locationPerSd;
  const shift = (mean - reference.mean) / reference.sd - seasonal;
  if (Number.isFinite(shift) && Math.sign(shift) === Math.sign(residual)) return shift;
  return Number.isFinite(byRank) ? byRank : residual;
}

/** Shares of rows in the outermost bins that hold up to 1% of the reference, there and in the window. */
function tailShares(
  { order, baseline }: FeatureReference,
  current: readonly number[],
  low: boolean,
): [number, number] {
  const counts = usable(order, baseline);
  const [all, n] = [totalOf(counts), totalOf(current)];
  const bins = tailBins(
    counts.map((count) => count / all),
    low,
  );
  return [outerShare(counts, bins, low) / all, outerShare(current, bins, low) / n];
}

function describeCategory(
  reference: FeatureReference,
  current: readonly number[],
  expectedScores: readonly number[],
): Told {
  const counts = usable(reference.order, reference.baseline);
  const expected = sharesOf(reference.scores, counts, expectedScores);
  const n = totalOf(current);
  const effects = current.map(
    (count, k) =>
      2 * Math.asin(Math.sqrt(count / n)) -
      2 * Math.asin(Math.sqrt(Math.min(1, Math.max(0, expected[k]!)))),
  );
  const sizes = effects.map(Math.abs);
  const k = sizes.indexOf(Math.max(...sizes));
  const name = reference.bins.categories[reference.order.places[k]!];
  const label = name === undefined ? 'other categories' : `category ${JSON.stringify(name)}`;
  return { effect: effects[k]!, direction: `${label} ${change(expected[k]!, current[k]! / n)}` };
}

/** Shares that have these mean scores: p (1 + Σ score × weight), because scores are orthonormal under p. */
function sharesOf(
  scores: readonly BinScore[],
  counts: readonly number[],
  expected: readonly number[],
): number[] {
  const all = totalOf(counts);
  return counts.map(
    (count, k) =>
      (count / all) *
      (1 + scores.reduce((sum, { weights }, j) => sum + weights[k]! * expected[j]!, 0)),
  );
}

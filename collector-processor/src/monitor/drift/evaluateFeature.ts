import { seasonalRegressors } from '../../stats/seasonalRegressors';
import { usable } from './binOrder';
import { detectableEffect } from './detectable';
import { distanceBeyondNoise, distancesOf, type ShownDistances } from './distancesOf';
import type { DriftSettings } from './driftSettings';
import { type FeatureWindow, totalOf } from './featureCounts';
import type { FeatureReference, SteadyTest } from './featureReference';
import type { Finding } from './finding';
import { learningFinding } from './learningFinding';
import { scoreFinding } from './scoreFinding';
import { shareFindings } from './shareFindings';
import { change } from './finding';
import { type FeatureVerdict, noVerdict } from './verdict';

/** The main test has most of the level; what is left is for the tests of missing, new and top-value shares. */
const MAIN_LEVEL = 0.9;
const SHARE_TESTS = 3;

/** What the tests say of one window of a feature; `reference` undefined: there is no baseline. */
export function evaluateFeature(
  reference: FeatureReference | undefined,
  window: FeatureWindow,
  settings: DriftSettings,
): FeatureVerdict {
  const n = totalOf(window.counts);
  if (reference === undefined || reference.n === 0) return noVerdict('baseline_missing', n);
  const known = { reference, n, shown: distancesOf(reference, window) };
  const broken = brokenFeed(reference, window, settings);
  if (n < settings.leastRows) {
    const nothing = { rule: '', p: NaN, effect: NaN, direction: '' };
    const detectable = detectableOf(reference, window, settings);
    const rest = { detectable, streams: [], gross: false, mayPage: false };
    return verdictOf(known, nothing, 'insufficient_data', rest);
  }
  const steady = reference.steady;
  if (steady === undefined) {
    const found = broken ?? learningFinding(reference, window);
    const gross = broken !== undefined || isGross(reference, window, known, found, settings);
    return verdictOf(known, found, 'learning', {
      detectable: NaN,
      streams: [],
      gross,
      mayPage: true,
    });
  }
  const { found, streams } = steadyFinding(reference, steady, window);
  const detectable = detectableOf(reference, window, settings);
  // A window that could not even show a gross change tells nothing by showing none.
  const blind = detectable > settings.grossEffect && !(found.p <= settings.alpha);
  return verdictOf(known, found, blind ? 'insufficient_data' : 'ok', {
    detectable,
    streams,
    // Every Saturday is far from the mean of all days: what the season explains is not gross.
    gross:
      broken !== undefined ||
      (found.p <= settings.alpha && isGross(reference, window, known, found, settings)),
    mayPage: steady.mayPage,
  });
}

interface Known {
  readonly reference: FeatureReference;
  /** Rows of the window. */
  readonly n: number;
  readonly shown: ShownDistances;
}

interface Rest extends Pick<FeatureVerdict, 'streams' | 'gross' | 'mayPage'> {
  readonly detectable: number;
}

/** One literal: verdicts are made by the thousand. */
const verdictOf = (
  { reference, n, shown }: Known,
  { effect, p, direction, rule }: Finding,
  status: FeatureVerdict['status'],
  { detectable, streams, gross, mayPage }: Rest,
): FeatureVerdict => ({
  featureType: reference.bins.kind,
  status,
  score: effect,
  p,
  n,
  referenceN: reference.n,
  detectableEffect: detectable,
  direction,
  psi: shown.psi,
  js: shown.js,
  ks: shown.ks,
  wasserstein: shown.wasserstein,
  baseline: reference.baseline.baseline,
  rule,
  streams,
  gross,
  mayPage,
});

/** The most telling finding, with a p-value for all tests together (weighted Bonferroni), and the streams of evidence. */
function steadyFinding(
  reference: FeatureReference,
  steady: SteadyTest,
  window: FeatureWindow,
): { found: Finding; streams: number[] } {
  const regressors = seasonalRegressors(window.timeMs, steady.season);
  const hasValues = totalOf(usable(reference.order, window)) > 0;
  const main =
    steady.hotelling !== undefined && hasValues
      ? scoreFinding(reference, steady.hotelling, window, regressors)
      : undefined;
  const sides = shareFindings(reference, steady, window, regressors);
  const all: Finding[] = sides.map((one) => ({
    ...one,
    p: Math.min(1, (one.p * SHARE_TESTS) / (1 - MAIN_LEVEL)),
  }));
  if (main !== undefined) {
    const rule = reference.bins.kind === 'number' ? 't2' : 'category_t2';
    all.unshift({ ...main, rule, p: Math.min(1, main.p / MAIN_LEVEL) });
  }
  const nothing = { rule: '', p: NaN, effect: 0, direction: '' };
  const found = all.reduce<Finding>((best, one) => (best.p <= one.p ? best : one), nothing);
  const side = Math.min(1, ...sides.map(({ p }) => p * SHARE_TESTS));
  return {
    found,
    streams: [
      main?.p ?? NaN,
      main !== undefined && reference.bins.kind === 'number' ? main.locationP : NaN,
      side,
    ],
  };
}

const detectableOf = (
  reference: FeatureReference,
  window: FeatureWindow,
  { alpha, power }: DriftSettings,
): number => {
  const { steady, bins, locationPerSd } = reference;
  const n = totalOf(usable(reference.order, window));
  if (steady === undefined || bins.kind === 'category') return NaN;
  if (n === 0) return Infinity;
  const regressors = seasonalRegressors(window.timeMs, steady.season);
  return detectableEffect(steady, { n, regressors }, locationPerSd, { alpha, power });
};

/** Many more rows without a usable value than the reference has: no statistics needed. */
function brokenFeed(
  { baseline, order }: FeatureReference,
  window: FeatureWindow,
  { brokenShare }: DriftSettings,
): Finding | undefined {
  const [m, n] = [totalOf(baseline.counts), totalOf(window.counts)];
  for (const [rule, place] of [
    ['missing_share', order.missing],
    ['new_share', order.new],
  ] as const) {
    const [from, to] = [baseline.counts[place]! / m, window.counts[place]! / n];
    if (to - from < brokenShare) continue;
    const effect = 2 * (Math.asin(Math.sqrt(to)) - Math.asin(Math.sqrt(from)));
    const what = rule === 'missing_share' ? 'missing' : 'new values';
    return { rule, p: NaN, effect, direction: `${what} ${change(from, to)}` };
  }
  return undefined;
}

const isGross = (
  reference: FeatureReference,
  window: FeatureWindow,
  { shown }: Known,
  { effect, rule }: Finding,
  { grossEffect, grossDistance }: DriftSettings,
): boolean =>
  ((rule === 't2' || rule === 'effect') && Math.abs(effect) >= grossEffect) ||
  distanceBeyondNoise(reference, window, shown.js) >= grossDistance;

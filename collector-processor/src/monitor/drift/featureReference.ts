import type { FeatureBins } from '@plumbline/schemas';
import { type BinScore, binScores, scoreWindow } from '../../stats/binScores';
import { type HotellingReference, hotellingReference } from '../../stats/hotelling';
import { type Season, seasonalRegressors } from '../../stats/seasonalRegressors';
import { type BinOrder, binOrder, momentsOf, usable } from './binOrder';
import { categoryScores } from './categoryScores';
import { CountHistory } from './countHistory';
import type { DriftSettings } from './driftSettings';
import { tailShare } from './tailShare';
import { type FeatureBaseline, type FeatureWindow, totalOf } from './featureCounts';

/** What windows are tested against, once the reference is long enough. */
export interface SteadyTest {
  readonly season: Season;
  /** Undefined for a feature that has one value only: nothing but shares can be tested. */
  readonly hotelling: HotellingReference | undefined;
  readonly history: CountHistory;
  /** False while hours hang together too much for so short a reference. */
  readonly mayPage: boolean;
}

/** A feature's baseline, made ready for tests: worth keeping, for making it costs more than a test. */
export interface FeatureReference {
  readonly bins: FeatureBins;
  readonly baseline: FeatureBaseline;
  readonly order: BinOrder;
  readonly n: number;
  readonly mean: number;
  readonly sd: number;
  readonly scores: readonly BinScore[];
  /** What a shift of one standard deviation adds to the location score: its correlation with the value. */
  readonly locationPerSd: number;
  readonly steady: SteadyTest | undefined;
}

/**
 * @param windows of the time of the baseline, on its bins, in order of time; all of `settings.windowMs`. Those with too
 * few rows tell nothing and are left out.
 */
export function featureReference(
  bins: FeatureBins,
  baseline: FeatureBaseline,
  windows: readonly FeatureWindow[],
  settings: DriftSettings,
): FeatureReference {
  const order = binOrder(bins, baseline);
  const counts = usable(order, baseline);
  const { n, mean, sd } = momentsOf(order, baseline);
  const shares = counts.map((count) => count / n);
  const rows = typicalRows(order, windows);
  const numberScores = (): BinScore[] =>
    binScores(shares).filter((score) => isSmooth(score, shares, rows));
  const known = {
    ...{ bins, baseline, order, mean, sd },
    // They are asked of windows of the reference first: without any, a test has nothing to be calibrated on.
    scores:
      n === 0 || windows.length === 0
        ? []
        : bins.kind === 'number'
          ? numberScores()
          : categoryScores(shares),
  };
  return {
    ...known,
    n: totalOf(baseline.counts),
    locationPerSd: bins.kind === 'number' ? correlation(known, counts, n) : NaN,
    steady: steadyTest(known, windows, settings),
  };
}

/** Rows with a usable value in the window in the middle; NaN without windows. */
function typicalRows(order: BinOrder, windows: readonly FeatureWindow[]): number {
  const sizes = windows.map((window) => totalOf(usable(order, window))).sort((a, b) => a - b);
  return sizes[sizes.length >> 1] ?? NaN;
}

/** Rows that a tail must have in a window, or single rows would make its score jump: T² needs scores that are nearly normal. */
const LEAST_TAIL_ROWS = 8;

function isSmooth({ name }: BinScore, shares: readonly number[], rows: number): boolean {
  if (name !== 'lowTail' && name !== 'highTail') return true;
  return !(tailShare(shares, name === 'lowTail') * rows < LEAST_TAIL_ROWS);
}

type Known = Pick<FeatureReference, 'baseline' | 'order' | 'mean' | 'sd' | 'scores'>;

function correlation({ baseline, order, mean, sd, scores }: Known, counts: number[], n: number) {
  const weights = scores.find(({ name }) => name === 'location')?.weights;
  if (weights === undefined || !(sd > 0)) return NaN;
  const together = order.places.reduce(
    (sum, place, k) => sum + weights[k]! * (baseline.sums[place]! - counts[k]! * mean),
    0,
  );
  return together / (n * sd);
}

/** Seasons to try, the richest first. */
export const seasonsOf = ({ dailyHarmonics, utcOffsetMs }: DriftSettings): Season[] => [
  { dailyHarmonics, weekend: true, utcOffsetMs },
  { dailyHarmonics, weekend: false, utcOffsetMs },
  { dailyHarmonics: 2, weekend: false, utcOffsetMs },
];

function steadyTest(
  { baseline, order, scores }: Known,
  all: readonly FeatureWindow[],
  settings: DriftSettings,
): SteadyTest | undefined {
  const lengthMs = baseline.toMs - baseline.fromMs;
  if (lengthMs < settings.referenceMs) return undefined;
  const filled = all
    .map((window) => ({ window, counts: usable(order, window) }))
    .filter(({ counts }) => totalOf(counts) >= settings.leastRows);
  // The richest season that the windows determine: a reference without a weekend cannot tell its level.
  for (const season of seasonsOf(settings)) {
    const windows = filled.map(({ window, counts }) => ({
      n: totalOf(counts),
      regressors: seasonalRegressors(window.timeMs, season),
      scores: scoreWindow(scores, counts),
    }));
    const needed = (windows[0]?.regressors.length ?? Infinity) * settings.windowsPerRegressor;
    if (windows.length < needed) continue;
    const history = new CountHistory(filled.map(({ window }) => window));
    if (scores.length === 0) return { season, hotelling: undefined, history, mayPage: true };
    const hotelling = hotellingReference(windows);
    if (hotelling === undefined) continue;
    const correlated = hotelling.fit.autocorrelation > settings.highAutocorrelation;
    return {
      season,
      hotelling,
      history,
      mayPage: !correlated || lengthMs >= settings.correlatedReferenceMs,
    };
  }
  return undefined;
}

/** A number of a small array of one reference, and what its objects take beside them. */
const NUMBER_BYTES = 8;
const OBJECT_BYTES = 2_000;

/** About what a reference takes in memory: what it has many of is counted, the rest estimated. */
export function bytesOf({ bins, baseline, scores, steady }: FeatureReference): number {
  const places = baseline.counts.length;
  const numbers =
    2 * places +
    bins.edges.length +
    bins.atoms.length +
    scores.length * (places + 3 * scores.length);
  const regressors = steady?.hotelling?.fit.regressors ?? 0;
  const fitted = regressors * (regressors + scores.length);
  return (
    OBJECT_BYTES +
    NUMBER_BYTES * (numbers + fitted) +
    (steady === undefined ? 0 : steady.history.bytes)
  );
}

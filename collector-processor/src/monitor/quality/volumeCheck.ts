import { hotellingReference } from '../../stats/hotelling';
import { seasonalRegressors } from '../../stats/seasonalRegressors';
import { seasonsOf } from '../drift/featureReference';
import { normalTail } from '../../stats/tails';
import { type FeatureVerdict, noVerdict } from '../drift/verdict';
import type { QualitySettings } from './qualitySettings';

/** Rows of an hour. */
export interface HourVolume {
  readonly timeMs: number;
  readonly rows: number;
}

export interface VolumeFinding {
  readonly verdict: FeatureVerdict;
  /** Rows that the hour should have had; NaN: not known. */
  readonly expected: number;
  /** How much more than independent arrivals counts vary. */
  readonly dispersion: number;
}

/** Of a count √(x + 3/8) has variance 1/4 whatever its mean (F. J. Anscombe, Biometrika 35, 1948): as the mean of 4 rows. */
const root = (rows: number): number => Math.sqrt(rows + 3 / 8);
const ROOT_ROWS = 4;

/**
 * Whether an hour has as many rows as this time of the day and week has: T² of the root of the count against earlier
 * hours. `learning` until there is a week of them.
 *
 * @param earlier hours before it, in order of time, none left out
 */
export function volumeCheck(
  { timeMs, rows }: HourVolume,
  earlier: readonly HourVolume[],
  settings: QualitySettings,
): VolumeFinding {
  const nothing = noVerdict('baseline_missing', rows);
  const learning: VolumeFinding = {
    verdict: { ...nothing, status: 'learning', rule: 'volume' },
    expected: NaN,
    dispersion: NaN,
  };
  if (earlier.length * settings.windowMs < settings.referenceMs) return learning;
  const { p, expected, dispersion } =
    seasonal(timeMs, rows, earlier, settings) ?? even(rows, earlier);
  const change = (rows - expected) / Math.max(1, expected);
  const large = Math.abs(change) >= settings.volumeFloor;
  const enough = expected >= settings.leastRows || rows >= settings.leastRows;
  const verdict: FeatureVerdict = {
    ...nothing,
    status: enough ? 'ok' : 'insufficient_data',
    score: large ? change : 0,
    p: enough ? p : NaN,
    streams: [enough ? p : NaN],
    gross: rows === 0 && expected >= settings.leastRows,
    mayPage: large,
    rule: 'volume',
  };
  return { verdict, expected, dispersion };
}

interface Comparison {
  readonly p: number;
  readonly expected: number;
  readonly dispersion: number;
}

/** Undefined when the earlier hours do not determine a season: too few, or as good as equal. */
function seasonal(
  timeMs: number,
  rows: number,
  earlier: readonly HourVolume[],
  settings: QualitySettings,
): Comparison | undefined {
  for (const season of seasonsOf(settings)) {
    const regressors = seasonalRegressors(timeMs, season);
    if (earlier.length < regressors.length * settings.windowsPerRegressor) continue;
    const reference = hotellingReference(
      earlier.map((hour) => ({
        n: ROOT_ROWS,
        regressors: seasonalRegressors(hour.timeMs, season),
        scores: [root(hour.rows)],
      })),
    );
    if (reference === undefined) continue;
    const predicted = Math.max(0, reference.fit.predict(regressors)[0]!);
    const { p } = reference.test({ n: ROOT_ROWS, regressors, scores: [root(rows)] });
    const dispersion = Math.max(1, 4 * reference.fit.covariance[0]![0]!);
    return { p, expected: Math.max(0, predicted ** 2 - 3 / 8), dispersion };
  }
  return undefined;
}

/** Hours that are as good as equal, as those of a batch job: against their mean, as varying no less than arrivals do. */
function even(rows: number, earlier: readonly HourVolume[]): Comparison {
  const expected = earlier.reduce((sum, hour) => sum + hour.rows, 0) / earlier.length;
  const p = Math.min(1, 2 * normalTail(2 * Math.abs(root(rows) - root(expected))));
  return { p, expected, dispersion: 1 };
}

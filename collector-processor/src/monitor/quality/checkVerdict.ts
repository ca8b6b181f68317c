import { binomialTail } from '../../stats/binomialTail';
import { seasonalRegressors } from '../../stats/seasonalRegressors';
import { seasonsOf } from '../drift/featureReference';
import { change } from '../drift/finding';
import { type ShareCount, shareEffect, shareTest } from '../drift/shareTest';
import { type FeatureVerdict, noVerdict } from '../drift/verdict';
import type { CheckCount, EarlierCount } from './checkCount';
import type { QualitySettings } from './qualitySettings';

/** What is expected of a check and how its count stands to that; as drift's verdict, so that both are decided alike. */
export interface CheckVerdict {
  readonly verdict: FeatureVerdict;
  /** The share that was expected; NaN: not known. */
  readonly expected: number;
}

/**
 * Judges one check of one hour. Only more violations than before are a finding. The p-value is the larger one of what
 * independent rows say and what earlier hours say (`shareTest`); without a week of hours there is none, and only a
 * broken feed pages.
 *
 * @param earlier hours of the reference, in order of time, those without violations too
 */
export function checkVerdict(
  count: CheckCount,
  timeMs: number,
  earlier: readonly EarlierCount[],
  settings: QualitySettings,
): CheckVerdict {
  const { violations, n, baseline } = count;
  const nothing = { ...noVerdict('baseline_missing', n), baseline };
  if (n === 0) return { verdict: { ...nothing, status: 'insufficient_data' }, expected: NaN };
  if (count.tolerance !== undefined) return contractVerdict(count, count.tolerance, nothing);
  const usual = earlier.filter((hour) => hour.n >= settings.leastRows);
  const reference = count.reference ?? together(usual);
  if (!(reference.n > 0)) return { verdict: nothing, expected: NaN };
  const expected = Math.min(1, reference.count / reference.n);
  const more = violations / n - expected;
  const effect = more > 0 ? shareEffect(reference, { count: violations, n }) : 0;
  const known: FeatureVerdict = {
    ...nothing,
    score: effect,
    referenceN: reference.n,
    direction: more > 0 ? change(expected, violations / n) : '',
    rule: count.ownP === undefined ? 'share' : 'exact',
  };
  if (n < settings.leastRows)
    return { verdict: { ...known, status: 'insufficient_data' }, expected };
  const gross = count.mayPage && more >= settings.brokenShare;
  const p = steadyP(count, reference, timeMs, usual, settings);
  const verdict: FeatureVerdict =
    p === undefined
      ? {
          ...known,
          status: 'learning',
          gross: gross && count.needsHours !== true,
          mayPage: count.mayPage,
        }
      : {
          ...known,
          status: 'ok',
          p: more > 0 ? p : 1,
          streams: [more > 0 ? p : 1],
          gross,
          mayPage: count.mayPage,
        };
  return { verdict, expected };
}

const together = (hours: readonly ShareCount[]): ShareCount => ({
  count: hours.reduce((sum, hour) => sum + hour.count, 0),
  n: hours.reduce((sum, hour) => sum + hour.n, 0),
});

/** A contract says what is allowed: more than that is a finding whatever was before. */
function contractVerdict(
  { check, violations, n, mayPage }: CheckCount,
  tolerance: number,
  nothing: FeatureVerdict,
): CheckVerdict {
  const p = binomialTail(violations, n, tolerance);
  const effect =
    violations / n > tolerance
      ? shareEffect({ count: tolerance * n, n }, { count: violations, n })
      : 0;
  const direction = effect > 0 ? change(tolerance, violations / n) : '';
  return {
    verdict: {
      ...nothing,
      status: 'ok',
      ...{ score: effect, p, direction, streams: [p], mayPage },
      rule: check.startsWith('contract_') ? 'contract' : 'exact',
    },
    expected: tolerance,
  };
}

/** Undefined while the earlier hours are too few to tell how much they differ. */
function steadyP(
  { violations, n, ownP }: CheckCount,
  reference: ShareCount,
  timeMs: number,
  usual: readonly EarlierCount[],
  settings: QualitySettings,
): number | undefined {
  const [first, last] = [usual[0], usual.at(-1)];
  if (
    first === undefined ||
    last!.timeMs - first.timeMs < settings.referenceMs - 2 * settings.windowMs
  )
    return undefined;
  const season = seasonsOf(settings).find(
    (one) => usual.length >= seasonalRegressors(timeMs, one).length * settings.windowsPerRegressor,
  );
  if (season === undefined) return undefined;
  const windows = (): (EarlierCount & { regressors: number[] })[] =>
    usual.map((hour) => ({ ...hour, regressors: seasonalRegressors(hour.timeMs, season) }));
  const regressors = seasonalRegressors(timeMs, season);
  const p = shareTest({ reference, windows }, { count: violations, n, regressors });
  // Too few rows broke the check to say more than their own test does.
  if (Number.isNaN(p)) return ownP ?? 1;
  return ownP === undefined ? p : Math.max(ownP, p);
}

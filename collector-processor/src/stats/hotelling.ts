import { cholesky, dot, type Matrix, solveCholesky } from './matrix';
import { fitSeason, type SeasonalFit } from './seasonalFit';
import { symmetricEigen } from './symmetricEigen';
import { fTail } from './tails';

/** A window as the test sees it. */
export interface ScoredWindow {
  /** Rows in the window. */
  readonly n: number;
  /** Mean of each score over its rows; see `binScores`. */
  readonly scores: readonly number[];
  readonly regressors: readonly number[];
}

export interface HotellingResult {
  readonly tSquared: number;
  /** T² scaled to an F distribution with `d1` and `d2` degrees of freedom. */
  readonly f: number;
  readonly d1: number;
  readonly d2: number;
  readonly p: number;
  /** What each score is above what was expected, in reference standard deviations of a single row. */
  readonly residuals: readonly number[];
}

/** The reference of a test: what windows score when nothing is wrong, and how they vary. */
export interface HotellingReference {
  readonly fit: SeasonalFit;
  test(window: ScoredWindow): HotellingResult;
  /** Covariance that the residuals of a window have under the null hypothesis. */
  covarianceOf(window: Pick<ScoredWindow, 'n' | 'regressors'>): Matrix;
}

/** From this ratio of the largest to the smallest window on, volumes count as different. */
const VOLUME_RATIO = 2;

/**
 * The self-calibrating T² test: the windows of the reference are the replicates, so sessions, users and seasons that
 * make rows dependent widen the covariance instead of making alarms (H. Hotelling, Ann. Math. Stat. 2, 1931).
 * `T² = rᵀ Σ⁻¹ r / (1 + leverage)` and `T² (ν − d + 1) / (d ν)` is F(d, ν − d + 1). Where volumes differ, a window of n
 * rows has `Σ = Σ_between + I / n`, because the scores have variance 1 under the reference.
 *
 * @param windows in order of time, all of the same length; undefined when they do not determine the test
 */
export function hotellingReference(
  windows: readonly ScoredWindow[],
): HotellingReference | undefined {
  if (windows.length === 0) return undefined;
  const fit = fitSeason(windows);
  if (fit === undefined) return undefined;
  const sizes = windows.map(({ n }) => n);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const meanInverse = sizes.reduce((sum, n) => sum + 1 / n, 0) / sizes.length;
  const between = withoutSampling(fit.covariance, meanInverse);

  const covarianceOf = ({ n }: Pick<ScoredWindow, 'n'>): Matrix => {
    const alike = Math.max(most, n) <= VOLUME_RATIO * Math.min(least, n);
    if (alike) return fit.covariance;
    return between.map((row, i) => row.map((value, j) => value + (i === j ? 1 / n : 0)));
  };
  const test = (window: ScoredWindow): HotellingResult => {
    const expected = fit.predict(window.regressors);
    const residuals = window.scores.map((score, j) => score - expected[j]!);
    const lower = cholesky(covarianceOf(window));
    const d1 = residuals.length;
    const d2 = fit.degreesOfFreedom - d1 + 1;
    const distance =
      lower === undefined ? degenerate(residuals) : dot(residuals, solveCholesky(lower, residuals));
    const tSquared = distance / (1 + fit.leverage(window.regressors));
    const f = (tSquared * d2) / (d1 * fit.degreesOfFreedom);
    return { tSquared, f, d1, d2, p: fTail(f, d1, d2), residuals };
  };
  return { fit, test, covarianceOf };
}

/** A reference that never varied: anything else is infinitely far away. */
const degenerate = (residuals: readonly number[]): number =>
  residuals.some((residual) => Math.abs(residual) > 1e-12) ? Infinity : 0;

/** The part of the covariance that is not the sampling noise of rows: never negative in any direction. */
function withoutSampling(covariance: Matrix, sampling: number): Matrix {
  const { values, vectors } = symmetricEigen(covariance);
  const rest = values.map((value) => Math.max(0, value - sampling));
  return vectors.map((left) =>
    vectors.map((right) => rest.reduce((sum, value, k) => sum + value * left[k]! * right[k]!, 0)),
  );
}

import { cholesky, crossProducts, dot, type Matrix, solveCholesky } from './matrix';

/** One reference window: its regressors and the scores to explain. */
export interface FitRow {
  readonly regressors: readonly number[];
  readonly scores: readonly number[];
}

/** A least-squares fit of scores on regressors, and how the residuals hang together in time. */
export interface SeasonalFit {
  /** How many there are. */
  readonly regressors: number;
  /** What a window with these regressors is expected to score. */
  predict(regressors: readonly number[]): number[];
  /** xᵀ (Xᵀ X)⁻¹ x: how much the fit itself is uncertain there, in units of the residual variance. */
  leverage(regressors: readonly number[]): number;
  /** Covariance of the residuals, corrected for the fit and for autocorrelation. */
  readonly covariance: Matrix;
  /** What the covariance is worth: degrees of freedom. */
  readonly degreesOfFreedom: number;
  /** Lag-1 autocorrelation of the residuals, pooled over the scores; 0 or above. */
  readonly autocorrelation: number;
}

const MOST_AUTOCORRELATION = 0.95;

/**
 * Fits the scores of windows that follow each other. Residuals with lag-1 autocorrelation ρ tell less than as many
 * independent ones: the regressors' estimates cost (1 + ρ) / (1 − ρ) windows each, and a variance from the rest has the
 * precision of (1 − ρ²) / (1 + ρ²) as many (M. S. Bartlett, J. R. Stat. Soc. 98, 1935). Undefined when the windows do
 * not determine the fit.
 */
export function fitSeason(rows: readonly FitRow[]): SeasonalFit | undefined {
  const x = rows.map(({ regressors }) => regressors);
  const lower = cholesky(crossProducts(x, x));
  if (lower === undefined) return undefined;
  const products = crossProducts(
    x,
    rows.map(({ scores }) => scores),
  );
  const dimensions = rows[0]!.scores.length;
  const coefficients = Array.from({ length: dimensions }, (_, j) =>
    solveCholesky(
      lower,
      products.map((row) => row[j]!),
    ),
  );
  const predict = (regressors: readonly number[]): number[] =>
    coefficients.map((column) => dot(column, regressors));
  const residuals = rows.map(({ regressors, scores }) => {
    const expected = predict(regressors);
    return scores.map((score, j) => score - expected[j]!);
  });
  const rho = lagOne(residuals);
  const regressorCost = (x[0]!.length * (1 + rho)) / (1 - rho);
  const left = rows.length - regressorCost;
  const degreesOfFreedom = (left * (1 - rho * rho)) / (1 + rho * rho);
  if (!(degreesOfFreedom > dimensions)) return undefined;
  return {
    regressors: x[0]!.length,
    predict,
    leverage: (regressors) => dot(regressors, solveCholesky(lower, regressors)),
    covariance: crossProducts(residuals, residuals).map((row) => row.map((sum) => sum / left)),
    degreesOfFreedom,
    autocorrelation: rho,
  };
}

function lagOne(residuals: Matrix): number {
  let together = 0;
  let alone = 0;
  residuals.forEach((row, t) => {
    alone += dot(row, row);
    if (t > 0) together += dot(row, residuals[t - 1]!);
  });
  return alone > 0 ? Math.min(MOST_AUTOCORRELATION, Math.max(0, together / alone)) : 0;
}

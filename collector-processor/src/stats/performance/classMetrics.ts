import { type Confusion, marginsOf } from './confusion';
import type { SmoothMetric } from './deltaEstimate';

const ratio = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const SHARE = [0, 1] as const;

/** Mean over the classes of TPᵢ / (TPᵢ + FPᵢ); a class that was never predicted counts as 0, as in scikit-learn. */
export const macroPrecision: SmoothMetric = {
  range: SHARE,
  value(counts) {
    const { predicted } = marginsOf(counts);
    return mean(counts.map((row, i) => ratio(row[i]!, predicted[i]!)));
  },
  slope(shares) {
    const { predicted } = marginsOf(shares);
    return (i, j) =>
      ((i === j ? 1 / predicted[j]! : 0) - shares[j]![j]! / predicted[j]! ** 2) / shares.length;
  },
};

/** Mean over the classes of TPᵢ / (TPᵢ + FNᵢ); a class without rows counts as 0, as in scikit-learn. */
export const macroRecall: SmoothMetric = {
  range: SHARE,
  value(counts) {
    const { actual } = marginsOf(counts);
    return mean(counts.map((row, i) => ratio(row[i]!, actual[i]!)));
  },
  slope(shares) {
    const { actual } = marginsOf(shares);
    return (i, j) =>
      ((i === j ? 1 / actual[i]! : 0) - shares[i]![i]! / actual[i]! ** 2) / shares.length;
  },
};

/** Mean over the classes of 2 TPᵢ / (2 TPᵢ + FPᵢ + FNᵢ). */
export const macroF1: SmoothMetric = {
  range: SHARE,
  value(counts) {
    const { actual, predicted } = marginsOf(counts);
    return mean(counts.map((row, i) => ratio(2 * row[i]!, actual[i]! + predicted[i]!)));
  },
  slope(shares) {
    const { actual, predicted } = marginsOf(shares);
    const sums = actual.map((share, i) => share + predicted[i]!);
    const falls = sums.map((sum, i) => (2 * shares[i]![i]!) / sum ** 2);
    return (i, j) => ((i === j ? 2 / sums[i]! : 0) - falls[i]! - falls[j]!) / shares.length;
  },
};

/** The parts of the coefficient, on shares: covariance of truth and prediction, and the variance of each. */
function parts(counts: Confusion): { covariance: number; truth: number; prediction: number } {
  const { n, hits, actual, predicted } = marginsOf(counts);
  const products = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  return {
    covariance: (hits * n - products(actual, predicted)) / n ** 2,
    truth: (n * n - products(actual, actual)) / n ** 2,
    prediction: (n * n - products(predicted, predicted)) / n ** 2,
  };
}

/**
 * Matthews' correlation coefficient, for any number of classes Gorodkin's R_K (Comput. Biol. Chem. 28, 2004): 0 where one
 * side has one class only, as in scikit-learn.
 */
export const matthews: SmoothMetric = {
  range: [-1, 1],
  value(counts) {
    const { covariance, truth, prediction } = parts(counts);
    return ratio(covariance, Math.sqrt(truth * prediction));
  },
  slope(shares) {
    const { actual, predicted } = marginsOf(shares);
    const { covariance, truth, prediction } = parts(shares);
    const root = Math.sqrt(truth * prediction);
    return (i, j) =>
      ((i === j ? 1 : 0) - actual[j]! - predicted[i]!) / root +
      (covariance / root) * (predicted[j]! / prediction + actual[i]! / truth);
  },
};

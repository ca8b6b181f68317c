import { normalQuantile } from '../normalQuantile';
import { type Estimate, unknownEstimate } from './estimate';
import { byScore, type ScoreGroup } from './scoreGroup';

/** Bins of about equal mass. */
const BINS = 15;

/** Sums by bin; a score is in one bin only, that of its middle rank. */
function equalMass(groups: readonly ScoreGroup[], n: number) {
  const bins = Array.from({ length: BINS }, () => ({ n: 0, scores: 0, positives: 0 }));
  let before = 0;
  for (const { score, positives, negatives } of byScore(groups)) {
    const size = positives + negatives;
    const bin = bins[Math.min(BINS - 1, Math.floor(((before + size / 2) / n) * BINS))]!;
    bin.n += size;
    bin.scores += score * size;
    bin.positives += positives;
    before += size;
  }
  return bins.filter((bin) => bin.n > 0);
}

const rowsOf = (groups: readonly ScoreGroup[]): number =>
  groups.reduce((sum, { positives, negatives }) => sum + positives + negatives, 0);

/**
 * Expected calibration error: over 15 bins of equal mass, the mean distance between mean score and share of positives.
 * It is biased upwards: chance alone gives sqrt(2 p (1 − p) / (π n)) in a bin of a calibrated score, which is taken off
 * (the mean of a folded normal distribution), down to 0. The interval is normal, with the binomial error of each bin.
 */
export function calibrationError(groups: readonly ScoreGroup[], confidence = 0.95): Estimate {
  const n = rowsOf(groups);
  if (n === 0) return unknownEstimate(0);
  let [distance, chance, variance] = [0, 0, 0];
  for (const bin of equalMass(groups, n)) {
    const expected = Math.min(1, Math.max(0, bin.scores / bin.n));
    const weight = bin.n / n;
    const spread = (expected * (1 - expected)) / bin.n;
    distance += weight * Math.abs(bin.positives / bin.n - bin.scores / bin.n);
    chance += weight * Math.sqrt((2 * spread) / Math.PI);
    variance += weight * weight * spread;
  }
  const value = Math.max(0, distance - chance);
  const half = normalQuantile(0.5 + confidence / 2) * Math.sqrt(variance);
  return { value, low: Math.max(0, value - half), high: Math.min(1, value + half), n };
}

const STEPS = 50;
const CLOSE = 1e-12;
/** Scores nearer to 0 or 1 are taken as this near: a logit has no end. */
const EDGE = 1e-6;

/**
 * Calibration slope (D. R. Cox, Biometrika 45, 1958): b of the logistic regression of the truth on a + b · logit(score),
 * by Newton's method, with Wald's interval. 1: calibrated; below: too sure. Unknown where a class has no rows, all scores
 * are equal, or the score tells the classes apart without fault (then there is no largest likelihood).
 */
export function calibrationSlope(groups: readonly ScoreGroup[], confidence = 0.95): Estimate {
  const n = rowsOf(groups);
  const points = groups.map(({ score, positives, negatives }) => {
    const p = Math.min(1 - EDGE, Math.max(EDGE, score));
    return { x: Math.log(p / (1 - p)), positives, size: positives + negatives };
  });
  let [a, b] = [0, 1];
  for (let step = 0; step < STEPS; step++) {
    let [gradientA, gradientB, aa, ab, bb] = [0, 0, 0, 0, 0];
    for (const { x, positives, size } of points) {
      const p = 1 / (1 + Math.exp(-(a + b * x)));
      const weight = size * p * (1 - p);
      gradientA += positives - size * p;
      gradientB += (positives - size * p) * x;
      aa += weight;
      ab += weight * x;
      bb += weight * x * x;
    }
    const determinant = aa * bb - ab * ab;
    if (!(determinant > 1e-12 * aa * bb)) return unknownEstimate(n);
    const [stepA, stepB] = [
      (bb * gradientA - ab * gradientB) / determinant,
      (aa * gradientB - ab * gradientA) / determinant,
    ];
    a += stepA;
    b += stepB;
    if (Math.abs(stepA) + Math.abs(stepB) < CLOSE * (1 + Math.abs(a) + Math.abs(b))) {
      const half = normalQuantile(0.5 + confidence / 2) * Math.sqrt(aa / determinant);
      return { value: b, low: b - half, high: b + half, n };
    }
  }
  return unknownEstimate(n);
}

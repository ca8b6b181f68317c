import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { createRandom, type Random } from '../random';
import { f1Score, precision, recall } from './binaryMetrics';
import { calibrationError, calibrationSlope } from './calibration';
import { macroF1, macroPrecision, macroRecall, matthews } from './classMetrics';
import type { Confusion } from './confusion';
import { deltaEstimate } from './deltaEstimate';
import { meanEstimate } from './meanEstimate';
import {
  bias,
  meanAbsoluteError,
  type RegressionSums,
  rootMeanSquaredError,
  rSquared,
} from './regressionMetrics';
import { rocAuc } from './rocAuc';
import type { ScoreGroup } from './scoreGroup';
import { shareEstimate } from './share';

type Named = Record<string, number>;
/** Values of scikit-learn 1.9.1 and SciPy 1.17.1; docs/statistics.md has the script that wrote them. */
const golden = JSON.parse(readFileSync(join(__dirname, '../golden/sklearn.json'), 'utf8')) as {
  binary: (Named & { truth: number[]; score: number[] })[];
  multiclass: (Named & { truth: number[]; guess: number[] })[];
  regression: (Named & { truth: number[]; guess: number[]; bias_interval: [number, number] })[];
};

const near = (found: number, expected: number | undefined, error = 1e-9): void => {
  expect(Math.abs(found - expected!)).toBeLessThanOrEqual(error * Math.max(1, Math.abs(expected!)));
};

/** One group per row, as from rows. */
const rows = (truth: number[], score: number[]): ScoreGroup[] =>
  score.map((value, i) => ({ score: value, positives: truth[i]!, negatives: 1 - truth[i]! }));

const confusionOf = (truth: number[], guess: number[], classes: number): Confusion => {
  const counts = Array.from({ length: classes }, () => Array<number>(classes).fill(0));
  truth.forEach((actual, i) => {
    counts[actual]![guess[i]!]! += 1;
  });
  return counts;
};

const sumsOf = (truth: number[], guess: number[], centre: number): RegressionSums => {
  const sum = (of: (e: number, t: number) => number): number =>
    truth.reduce((total, value, i) => total + of(guess[i]! - value, value - centre), 0);
  return {
    n: truth.length,
    error: sum((e) => e),
    absolute: sum((e) => Math.abs(e)),
    error2: sum((e) => e ** 2),
    error4: sum((e) => e ** 4),
    truth: sum((_, t) => t),
    truth2: sum((_, t) => t ** 2),
    truth3: sum((_, t) => t ** 3),
    truth4: sum((_, t) => t ** 4),
    error2Truth: sum((e, t) => e ** 2 * t),
    error2Truth2: sum((e, t) => e ** 2 * t ** 2),
  };
};

describe.each(golden.binary)('a binary classifier', (expected) => {
  const { truth, score } = expected;
  const guess = score.map((value) => (value >= 0.5 ? 1 : 0));
  const [[tn, fp], [fn, tp]] = confusionOf(truth, guess, 2) as [[number, number], [number, number]];
  const counts = { tp, fp, fn, tn };
  const n = truth.length;

  test('hits and misses', () => {
    near(shareEstimate(tp + tn, n).value, expected.accuracy);
    near(precision(counts).value, expected.precision);
    near(recall(counts).value, expected.recall);
    near(f1Score(counts).value, expected.f1);
    near(deltaEstimate(matthews, [[tn, fp], [fn, tp]]).value, expected.mcc); // prettier-ignore
  });

  test('ranks', () => {
    const { value, error, low, high } = rocAuc(rows(truth, score));
    near(value, expected.roc_auc);
    near(error, expected.delong);
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
    expect(high - low).toBeCloseTo(2 * 1.96 * error, 1);
  });

  test('ranks of a histogram of 1000 bins', () => {
    const bins = rows(
      truth,
      score.map((value) => Math.floor(value * 1000)),
    );
    near(rocAuc(bins).value, expected.roc_auc, 1e-3);
  });

  test('losses and calibration', () => {
    const mean = (of: (y: number, s: number) => number): number => {
      const values = truth.map((y, i) => of(y, score[i]!));
      const sum = values.reduce((total, value) => total + value, 0);
      return meanEstimate({ n, sum, squares: values.reduce((total, v) => total + v * v, 0) }).value;
    };
    near(
      mean((y, s) => -Math.log(y === 1 ? s : 1 - s)),
      expected.log_loss,
    );
    near(
      mean((y, s) => (y - s) ** 2),
      expected.brier,
    );
    const slope = calibrationSlope(rows(truth, score));
    near(slope.value, expected.slope, 1e-6);
    expect(slope.low).toBeLessThan(slope.value);
  });
});

test.each(golden.multiclass)('a classifier of several classes', (expected) => {
  const { truth, guess } = expected;
  const counts = confusionOf(truth, guess, Math.max(...truth) + 1);
  near(deltaEstimate(macroPrecision, counts).value, expected.precision);
  near(deltaEstimate(macroRecall, counts).value, expected.recall);
  near(deltaEstimate(macroF1, counts).value, expected.f1);
  near(deltaEstimate(matthews, counts).value, expected.mcc);
});

test.each(golden.regression)('a regression', (expected) => {
  const { truth, guess } = expected;
  const sums = sumsOf(truth, guess, truth[0]!);
  near(meanAbsoluteError(sums).value, expected.mae);
  near(rootMeanSquaredError(sums).value, expected.rmse);
  near(rSquared(sums).value, expected.r2);
  const { value, low, high } = bias(sums);
  near(value, expected.bias);
  near(low, expected.bias_interval[0]);
  near(high, expected.bias_interval[1]);
});

/** How often intervals hold the truth, over simulated samples. */
const coverage = (trials: number, holds: (random: Random) => boolean): number => {
  const random = createRandom(7);
  let held = 0;
  for (let trial = 0; trial < trials; trial++) if (holds(random)) held += 1;
  return held / trials;
};

describe('95% intervals hold the truth about as often', () => {
  const shares = [
    [0.25, 0.05, 0.03],
    [0.06, 0.2, 0.04],
    [0.02, 0.05, 0.3],
  ];
  const flat = shares.flat();
  const draw = (random: Random, n: number): Confusion => {
    const counts = shares.map((row) => row.map(() => 0));
    for (let row = 0; row < n; row++) {
      let [left, cell] = [random.uniform(), 0];
      while (cell < 8 && left > flat[cell]!) left -= flat[cell++]!;
      counts[Math.floor(cell / 3)]![cell % 3]! += 1;
    }
    return counts;
  };

  test.each([
    ['precision', macroPrecision],
    ['recall', macroRecall],
    ['F1', macroF1],
    ['Matthews', matthews],
  ])('%s', (_, metric) => {
    const truth = metric.value(shares);
    const held = coverage(600, (random) => {
      const { low, high } = deltaEstimate(metric, draw(random, 150));
      return low <= truth && truth <= high;
    });
    expect(held).toBeGreaterThan(0.92);
    expect(held).toBeLessThan(0.985);
  });

  test('R²', () => {
    const held = coverage(600, (random) => {
      const truth = Array.from({ length: 200 }, () => 5 + 2 * random.normal());
      const guess = truth.map((value) => value + random.normal());
      const { low, high } = rSquared(sumsOf(truth, guess, 5));
      return low <= 0.75 && 0.75 <= high;
    });
    expect(held).toBeGreaterThan(0.9);
    expect(held).toBeLessThan(0.985);
  });

  test('a calibrated score has no calibration error, and a slope of 1', () => {
    const random = createRandom(3);
    const groups = Array.from({ length: 20_000 }, () => {
      const score = random.uniform();
      const positives = random.uniform() < score ? 1 : 0;
      return { score, positives, negatives: 1 - positives };
    });
    expect(calibrationError(groups).value).toBeLessThan(0.004);
    const skewed = groups.map((group) => ({ ...group, score: group.score ** 2 }));
    expect(calibrationError(skewed).low).toBeGreaterThan(0.1);
    const { low, high } = calibrationSlope(groups);
    expect([low < 1, high > 1, high - low < 0.1]).toEqual([true, true, true]);
  });
});

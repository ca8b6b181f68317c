import { describe, expect, test } from '@jest/globals';
import { f1Score, precision, recall } from './binaryMetrics';
import { calibrationError, calibrationSlope } from './calibration';
import { macroF1, matthews } from './classMetrics';
import { deltaEstimate } from './deltaEstimate';
import { shareDifference, shareRatio } from './fairness';
import { meanEstimate } from './meanEstimate';
import { rSquared } from './regressionMetrics';
import { rocAuc } from './rocAuc';

const group = (score: number, positives: number, negatives: number) => ({
  score,
  positives,
  negatives,
});

describe('what cannot be said is unknown', () => {
  test('no rows, one class, equal scores', () => {
    const none = { tp: 0, fp: 0, fn: 0, tn: 5 };
    for (const metric of [precision, recall, f1Score]) expect(metric(none).value).toBeNaN();
    expect(rocAuc([group(0.5, 3, 0)]).value).toBeNaN();
    expect(rocAuc([]).value).toBeNaN();
    expect(rocAuc([group(0.5, 3, 3)]).value).toBe(0.5);
    expect(calibrationError([]).value).toBeNaN();
    expect(calibrationSlope([group(0.5, 3, 3)]).value).toBeNaN();
    expect(calibrationSlope([group(0.1, 0, 3), group(0.9, 3, 0)]).value).toBeNaN();
    expect(deltaEstimate(macroF1, [[0, 0], [0, 0]]).value).toBeNaN(); // prettier-ignore
    expect(meanEstimate({ n: 0, sum: 0, squares: 0 }).value).toBeNaN();
  });

  test('a truth that does not vary, or that overflows', () => {
    const sums = {
      n: 3,
      error: 1,
      absolute: 1,
      error2: 1,
      error4: 1,
      truth: 0,
      truth2: 0,
      truth3: 0,
      truth4: 0,
      error2Truth: 0,
      error2Truth2: 0,
    };
    expect(rSquared(sums).value).toBeNaN();
    expect(rSquared({ ...sums, truth2: Infinity, error2: Infinity }).value).toBeNaN();
    expect(meanEstimate({ n: 2, sum: Infinity, squares: Infinity }).value).toBeNaN();
  });
});

describe('a perfect result of few rows is not certain', () => {
  test('has an interval', () => {
    const perfect = deltaEstimate(matthews, [[5, 0], [0, 5]]); // prettier-ignore
    expect([perfect.value, perfect.high]).toEqual([1, 1]);
    expect(perfect.low).toBeLessThan(0.9);
    const auc = rocAuc([group(0.2, 0, 8), group(0.8, 8, 0)]);
    expect([auc.value, auc.error]).toEqual([1, 0]);
    expect(auc.low).toBeLessThan(0.8);
    expect(f1Score({ tp: 4, fp: 0, fn: 0, tn: 9 })).toMatchObject({ value: 1, n: 4 });
    expect(f1Score({ tp: 4, fp: 0, fn: 0, tn: 9 }).low).toBeLessThan(0.8);
    expect(meanEstimate({ n: 1, sum: 0.7, squares: 0.49 }, [0, 1])).toEqual({
      value: 0.7,
      low: 0,
      high: 1,
      n: 1,
    });
  });
});

describe('fairness', () => {
  test("Newcombe's interval of 56/70 − 48/80 is his", () => {
    const { value, low, high } = shareDifference({ count: 56, n: 70 }, { count: 48, n: 80 });
    expect(value).toBeCloseTo(0.2, 12);
    expect(low).toBeCloseTo(0.0524, 4);
    expect(high).toBeCloseTo(0.3339, 4);
  });

  test('a ratio stays above 0, and its interval holds it', () => {
    const { value, low, high } = shareRatio({ count: 20, n: 100 }, { count: 40, n: 100 });
    expect(value).toBe(0.5);
    expect(low).toBeCloseTo(0.32, 2);
    expect(high).toBeCloseTo(0.797, 3);
    const none = shareRatio({ count: 0, n: 100 }, { count: 40, n: 100 });
    expect(none.value).toBe(0);
    expect(none.high).toBeGreaterThan(0);
  });

  test('groups of fewer than 30 rows are not compared', () => {
    expect(shareDifference({ count: 9, n: 29 }, { count: 40, n: 100 }).value).toBeNaN();
    expect(shareDifference({ count: 9, n: 30 }, { count: 40, n: 100 }).value).not.toBeNaN();
    expect(shareRatio({ count: 9, n: 100 }, { count: 4, n: 29 }).value).toBeNaN();
    expect(shareRatio({ count: 9, n: 100 }, { count: 0, n: 100 }).value).toBeNaN();
  });
});

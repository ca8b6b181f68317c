import { describe, expect, test } from '@jest/globals';
import { beyondRange, binomialTail } from '../../stats/binomialTail';
import type { StoredBaseline } from '../drift/readBaselines';
import type { CheckCount } from './checkCount';
import { checkVerdict } from './checkVerdict';
import { featureChecks } from './featureChecks';
import { QUALITY_DEFAULTS } from './qualitySettings';
import { robustFences } from './robustFences';
import { volumeCheck } from './volumeCheck';

const HOUR = 3_600_000;
const baseline: StoredBaseline = {
  ...{ tenant: 't', environment: 'e', model: 'm', version: 'v', segment: '', feature: 'x' },
  ...{ baseline: 'b', binsVersion: 1, createdAtMs: 0, rowVersion: '1', fromMs: 0, toMs: HOUR },
  bins: { kind: 'number', edges: [-1, 0, 1], atoms: [], categories: [] },
  counts: [200, 300, 300, 200, 10, 0],
  sums: [-300, -150, 150, 300, 0, 0],
  ...{ sum: 0, sumSquares: 1_000, minimum: -3, maximum: 3 },
};
const told = {
  feature: 'x',
  numbers: 90,
  texts: 0,
  outliers: 0,
  outside: 0,
  same: false,
  fresh: 0,
};
const find = (checks: CheckCount[], check: string) => checks.find((one) => one.check === check);

describe('checks of a feature', () => {
  test('a type change, one value, and values beyond the range are counted', () => {
    const checks = featureChecks({ ...told, texts: 10, outside: 5, same: true }, 120, baseline, 0);
    expect(find(checks, 'missing')).toMatchObject({
      violations: 20,
      n: 120,
      reference: { count: 10 },
    });
    expect(find(checks, 'type')).toMatchObject({ violations: 10, n: 100 });
    expect(find(checks, 'out_of_range')!.ownP).toBeLessThan(1e-4);
    expect(find(checks, 'constant')).toMatchObject({ violations: 100 });
    expect(find(checks, 'constant')!.ownP).toBeLessThan(1e-40);
  });

  test('without a baseline or values only what is missing is counted', () => {
    expect(featureChecks(told, 100, undefined, undefined).map(({ check }) => check)).toEqual([
      'missing',
    ]);
    expect(featureChecks({ ...told, numbers: 0 }, 100, baseline, 0)).toMatchObject([
      { violations: 100 },
    ]);
    expect(featureChecks({ ...told, feature: '@latency_ms' }, 100, baseline, 0)).toEqual([]);
  });

  test('fences hold for one value, and for the largest numbers', () => {
    const { low, high } = robustFences(baseline.bins, baseline, 5)!;
    expect(low).toBeLessThan(-3);
    expect(high).toBeGreaterThan(3);
    const one = { ...baseline, counts: [0, 0, 500, 0, 0, 0], sums: [0, 0, 250, 0, 0, 0] };
    expect(robustFences(one.bins, one, 5)).toBeUndefined();
    const huge = { ...baseline, sums: [-Infinity, -150, 150, Infinity, 0, 0] };
    expect(robustFences(huge.bins, huge, 5)?.low).not.toBeNaN();
  });
});

describe('the verdict of a check', () => {
  const count: CheckCount = {
    ...{
      feature: 'x',
      check: 'missing',
      violations: 60,
      n: 100,
      reference: { count: 10, n: 1_000 },
    },
    ...{ mayPage: true, detail: '', baseline: 'b' },
  };

  test('an empty window, few rows, no reference: stated, never a number', () => {
    const judge = (more: Partial<CheckCount>) =>
      checkVerdict({ ...count, ...more }, 0, [], QUALITY_DEFAULTS).verdict;
    expect(judge({ n: 0 }).status).toBe('insufficient_data');
    expect(judge({ n: 50 }).status).toBe('insufficient_data');
    expect(judge({ reference: undefined }).status).toBe('baseline_missing');
    expect(judge({})).toMatchObject({ status: 'learning', gross: true });
    expect(judge({ violations: 1 })).toMatchObject({ status: 'learning', gross: false, score: 0 });
  });

  test('tails', () => {
    expect(binomialTail(2, 3, 0.5)).toBeCloseTo(0.5, 12);
    expect(binomialTail(0, 3, 0)).toBe(1);
    expect(binomialTail(1, 3, 0)).toBe(0);
    expect(beyondRange(0, 1, 1)).toBe(1);
    expect(beyondRange(2, 100, 100)).toBeCloseTo(0.5, 12);
  });

  test('silence after even hours is gross; fewer than a week of hours teach', () => {
    const hours = Array.from({ length: 200 }, (_, k) => ({ timeMs: k * HOUR, rows: 150 }));
    const now = { timeMs: 200 * HOUR, rows: 0 };
    expect(volumeCheck(now, hours, QUALITY_DEFAULTS).verdict).toMatchObject({
      gross: true,
      score: -1,
    });
    expect(volumeCheck({ ...now, rows: 150 }, hours, QUALITY_DEFAULTS).verdict.score).toBe(0);
    expect(volumeCheck(now, hours.slice(100), QUALITY_DEFAULTS).verdict.status).toBe('learning');
  });
});

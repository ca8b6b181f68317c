import { describe, expect, test } from '@jest/globals';
import { bridgeCalibration } from './calibration';
import { runGrid } from './grid';
import { quietPages, windowsToPage } from './pages';

/** Three standard errors of a share of `n` trials. */
const tolerance = (share: number, n: number): number => 3 * Math.sqrt((share * (1 - share)) / n);

describe('the decisions, simulated', () => {
  test('reject few quiet windows and find most shifts over all marginals and regimes', () => {
    const trials = 40;
    const { cells, fpr, balancedAccuracy } = runGrid(1000, trials);
    // Windows share references, twenty each: fewer trials than they seem.
    expect(fpr).toBeLessThanOrEqual(0.015 + tolerance(0.015, (cells.length * trials) / 2));
    expect(balancedAccuracy).toBeGreaterThanOrEqual(0.965);
    for (const { trials: all, rejected } of cells) {
      expect(rejected.loc50 / all).toBeGreaterThanOrEqual(0.9);
      expect(rejected.scale15 / all).toBeGreaterThanOrEqual(0.9);
    }
  }, 60_000);

  test('keep the level of the bridge test', () => {
    const rate = bridgeCalibration(900);
    expect(rate).toBeGreaterThan(0.05 - tolerance(0.05, 900));
    expect(rate).toBeLessThan(0.05 + tolerance(0.05, 900));
  }, 60_000);

  test('page soon for a small shift of three features and not for a quiet week', () => {
    const stream = { features: 20, rows: 1000, autocorrelation: 0.3, referenceHours: 168 };
    expect(quietPages({ ...stream, seed: 9 }, 168)).toBe(0);
    const delays = [1, 2, 3]
      .map((seed) => windowsToPage({ ...stream, seed }, 3, 40))
      .sort((a, b) => a - b);
    expect(delays[1]).toBeLessThanOrEqual(10);
  }, 60_000);
});

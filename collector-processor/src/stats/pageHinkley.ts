import type { StreamDetector } from './streamDetector';

export interface PageHinkleySettings {
  /** Values before the first alarm may come. */
  readonly minValues: number;
  /** Change of the mean that is not to be noticed. */
  readonly delta: number;
  readonly threshold: number;
  /** How fast old deviations are forgotten; 1 is never. */
  readonly alpha: number;
}

const DEFAULTS: PageHinkleySettings = {
  minValues: 30,
  delta: 0.005,
  threshold: 50,
  alpha: 1 - 0.0001,
};

/** The Page-Hinkley test for a rise of the mean (E. S. Page, Biometrika 41, 1954). Starts anew after an alarm. */
export function createPageHinkley(settings: Partial<PageHinkleySettings> = {}): StreamDetector {
  const { minValues, delta, threshold, alpha } = { ...DEFAULTS, ...settings };
  let [n, mean, sum] = [0, 0, 0];
  return {
    update(value) {
      // The first value stands for one that was expected: the mean begins as if a 0 had been seen.
      n = n === 0 ? 1 : n;
      mean += (value - mean) / n;
      sum = Math.max(0, alpha * sum + (value - mean - delta));
      n++;
      const alarm = n >= minValues && sum >= threshold;
      if (alarm) [n, mean, sum] = [0, 0, 0];
      return alarm;
    },
  };
}

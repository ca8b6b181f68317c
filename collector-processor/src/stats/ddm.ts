import type { StreamDetector } from './streamDetector';

export interface DdmSettings {
  /** Errors and successes before the first alarm may come. */
  readonly warmUp: number;
  /** How many standard deviations above the best the error rate has to be. */
  readonly deviations: number;
}

/**
 * The Drift Detection Method for errors, 1, and successes, 0 (J. Gama, P. Medas, G. Castillo and P. Rodrigues, SBIA
 * 2004): alarms when p + s exceeds the lowest p + k·s seen, s = √(p (1 − p) / n). Starts anew after an alarm.
 */
export function createDdm({
  warmUp = 30,
  deviations = 3,
}: Partial<DdmSettings> = {}): StreamDetector {
  let [n, rate, bestRate, bestError] = [0, 0, Infinity, 0];
  return {
    update(value) {
      n++;
      rate += (value - rate) / n;
      const error = Math.sqrt((rate * (1 - rate)) / n);
      if (n <= warmUp) return false;
      if (rate + error <= bestRate + bestError) [bestRate, bestError] = [rate, error];
      const alarm = rate + error > bestRate + deviations * bestError;
      if (alarm) [n, rate, bestRate, bestError] = [0, 0, Infinity, 0];
      return alarm;
    },
  };
}

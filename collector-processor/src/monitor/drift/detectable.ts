import {
  detectableNoncentrality,
  detectableShift,
  type DetectionGoal,
} from '../../stats/detectableShift';
import type { SteadyTest } from './featureReference';

/** Beyond this many different degrees of freedom the oldest are forgotten. */
const REMEMBERED = 1000;
const found = new Map<string, number>();

/** As `detectableNoncentrality`, for whole degrees of freedom (rounded down, so never too optimistic), remembered. */
function remembered(goal: DetectionGoal, d1: number, d2: number): number {
  const whole = Math.max(1, Math.floor(d2));
  const key = `${goal.alpha} ${goal.power} ${d1} ${whole}`;
  const known = found.get(key);
  if (known !== undefined) return known;
  const lambda = detectableNoncentrality(goal, d1, whole);
  if (found.size >= REMEMBERED) found.delete(found.keys().next().value!);
  found.set(key, lambda);
  return lambda;
}

/** The smallest shift of the mean that a window of `n` rows would have shown, reference standard deviations. */
export const detectableEffect = (
  { hotelling }: SteadyTest,
  window: { readonly n: number; readonly regressors: readonly number[] },
  locationPerSd: number,
  goal: DetectionGoal,
): number =>
  hotelling === undefined
    ? NaN
    : detectableShift(hotelling, window, locationPerSd, goal, remembered);

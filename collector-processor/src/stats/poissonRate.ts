import { bisect } from './bisect';
import type { Interval } from './proportion';
import { chiSquareTail } from './tails';

/**
 * Exact interval of a Poisson mean after `count` events (F. Garwood, Biometrika 28, 1936): quantiles of chi-square halved.
 * It is wider than needed where events come in bursts less often than one by one, never where they are independent.
 */
export function poissonInterval(count: number, confidence = 0.95): Interval {
  const side = (1 - confidence) / 2;
  // Twenty standard deviations and a constant above the count: no quantile asked for lies beyond.
  const beyond = 2 * (count + 20 * Math.sqrt(count + 1) + 50);
  const quantile = (p: number, degreesOfFreedom: number): number =>
    bisect((x) => 1 - chiSquareTail(x, degreesOfFreedom), p, 0, beyond);
  return {
    low: count === 0 ? 0 : quantile(side, 2 * count) / 2,
    high: quantile(1 - side, 2 * count + 2) / 2,
  };
}

import { wilsonInterval } from '../proportion';
import { type Estimate, unknownEstimate } from './estimate';

/** `count` of `n` with Wilson's interval; unknown when `n` is 0. */
export const shareEstimate = (count: number, n: number, confidence = 0.95): Estimate =>
  n > 0 ? { value: count / n, ...wilsonInterval(count, n, confidence), n } : unknownEstimate(0);

import { bisect } from '../bisect';
import { studentTail } from '../tails';

/** Degrees of freedom of which the quantile is longest: 636.6 at 99.9%. */
const LONGEST = 1e4;

/** The t with P(|T| ≤ t) = `confidence` for Student's distribution; infinite without degrees of freedom. */
export function studentQuantile(confidence: number, degreesOfFreedom: number): number {
  if (!(degreesOfFreedom > 0)) return Infinity;
  return bisect((t) => 1 - studentTail(t, degreesOfFreedom), confidence, 0, LONGEST);
}

import { randomInt } from 'node:crypto';

/** Of this process alone, so that no sender can make thousands of texts that all fall into one place of a table. */
const MULTIPLIER = randomInt(2 ** 16, 2 ** 31) | 1;

/** A hash of `source[start, end)`: 32 bits, all of which depend on every byte, so that a table may take the lowest. */
export function hashBytes(source: Uint8Array, start: number, end: number): number {
  let hash = end - start;
  for (let i = start; i < end; i++) hash = (Math.imul(hash, MULTIPLIER) + source[i]!) | 0;
  // Texts that differ in their last byte would stand side by side otherwise, and long runs are slow to search.
  hash = Math.imul(hash ^ (hash >>> 15), MULTIPLIER);
  return hash ^ (hash >>> 13);
}

import { TOKEN_BUCKETS } from '../../core/inference';

/** Position of the fee per call behind the token buckets in a table of prices. */
export const REQUEST_SLOT = TOKEN_BUCKETS.length;
export const SLOTS = TOKEN_BUCKETS.length + 1;

/** Of a cached token in a call that has audio input: it may be audio. A bound, as all that end in `_max`. */
export const AUDIO_CACHE_MAX = 'cache_read_audio_max';

const SLOT_OF: ReadonlyMap<string, number> = new Map(
  [...TOKEN_BUCKETS, 'request'].map((name, slot) => [name, slot]),
);

/**
 * Buckets of `ml_prices`: those of tokens and `request`, a fee per call.
 *
 * A `_max` price is what a token of the bucket can cost at most, where usage does not tell which tokens cost more
 * (image tokens among the input tokens, for one): it moves the upper bound only.
 */
export const PRICE_BUCKETS: ReadonlySet<string> = new Set([
  ...SLOT_OF.keys(),
  ...[...SLOT_OF.keys()].map((name) => `${name}_max`),
  AUDIO_CACHE_MAX,
]);

/** The slot that a bucket prices, and whether it bounds it only; undefined for `AUDIO_CACHE_MAX` and unknown names. */
export function priceSlot(bucket: string): { slot: number; max: boolean } | undefined {
  const max = bucket.endsWith('_max');
  const slot = SLOT_OF.get(max ? bucket.slice(0, -'_max'.length) : bucket);
  return slot === undefined ? undefined : { slot, max };
}

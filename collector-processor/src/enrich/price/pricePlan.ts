import { BUCKET } from '../../core/inference';
import type { PriceRow } from '../../core/priceRow';
import { AUDIO_CACHE_MAX, priceSlot, REQUEST_SLOT, SLOTS } from './priceBuckets';

/** The prices of one input length, by slot: billionths of the currency per million tokens, NaN where there is none. */
export interface PriceTier {
  /** It holds above this many input tokens. */
  readonly start: number;
  readonly price: Float64Array;
  /** What a token can cost at most; the same array as `price` when nothing is uncertain. */
  readonly highest: Float64Array;
  /** Of a cached token in a call with audio input; NaN: no more than `price`. */
  readonly audioCache: number;
  /** Every price is a whole number of millionths of the currency per million tokens: sums are exact in doubles. */
  readonly whole: boolean;
}

/** Tiers of one rule at one time, by rising start; the first starts at 0. */
export type PricePlan = readonly PriceTier[];

/** Two rows that price the same thing differently: the higher one stays, so that the answer does not hang on their order. */
function put(prices: Float64Array, slot: number, price: number): boolean {
  const before = prices[slot]!;
  const conflict = !Number.isNaN(before) && before !== price;
  prices[slot] = conflict ? Math.max(before, price) : price;
  return conflict;
}

const unknownPrices = (): Float64Array => new Float64Array(SLOTS).fill(NaN);

function tierAt(start: number, rows: readonly PriceRow[], onConflict: () => void): PriceTier {
  const price = unknownPrices();
  const bound = unknownPrices();
  let audioCache = NaN;
  const starts = new Map<string, number>();
  for (const { bucket, tierStartTokens } of rows)
    if (tierStartTokens <= start)
      starts.set(bucket, Math.max(starts.get(bucket) ?? 0, tierStartTokens));
  for (const { bucket, tierStartTokens, nanoPerMillion } of rows) {
    if (starts.get(bucket) !== tierStartTokens) continue;
    const meaning = priceSlot(bucket);
    if (bucket === AUDIO_CACHE_MAX) audioCache = nanoPerMillion;
    else if (
      meaning !== undefined &&
      put(meaning.max ? bound : price, meaning.slot, nanoPerMillion)
    )
      onConflict();
  }
  // Providers bill reasoning as output unless they list a price for it.
  if (Number.isNaN(price[BUCKET.reasoning]!)) price[BUCKET.reasoning] = price[BUCKET.output]!;
  // Most models have no fee per call, and then it is not unknown but nothing.
  if (Number.isNaN(price[REQUEST_SLOT]!)) price[REQUEST_SLOT] = 0;
  // A bound of a price that is not known bounds nothing: Math.max keeps NaN.
  const highest = bound.every(Number.isNaN)
    ? price
    : price.map((value, slot) => Math.max(value, Number.isNaN(bound[slot]!) ? 0 : bound[slot]!));
  const whole = [...price, ...highest, audioCache].every(
    (value) => Number.isNaN(value) || value % 1000 === 0,
  );
  return { start, price, highest, audioCache, whole };
}

/** Builds the tiers from the rows of one rule that hold at the same time. */
export function pricePlan(rows: readonly PriceRow[], onConflict: () => void): PricePlan {
  const starts = new Set([0, ...rows.map(({ tierStartTokens }) => tierStartTokens)]);
  return [...starts].sort((a, b) => a - b).map((start) => tierAt(start, rows, onConflict));
}

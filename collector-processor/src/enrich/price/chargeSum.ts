import { BUCKET, type Inference, TOKEN_BUCKETS } from '../../core/inference';
import { inputOf, isCredible, isUncertain, lacksSide, told } from './charge';
import { createSum } from './exactSum';
import type { PriceOffer } from './findPrices';
import { REQUEST_SLOT, SLOTS } from './priceBuckets';
import type { PriceTier } from './pricePlan';

const BUCKETS = TOKEN_BUCKETS.length;

/** Several calls whose usage is known together only. */
export interface CallSum {
  readonly calls: number;
  /** No call had more input tokens, cached ones included; Infinity: not known. */
  readonly largestInput: number;
}

/** Writes what the calls cost by an offer's prices into all cost fields. */
export type ChargeSum = (usage: Inference, offer: PriceOffer, calls: CallSum) => void;

/** The lowest or highest price of each slot over the tiers; NaN where one of them has none. */
function boundOf(
  tiers: readonly PriceTier[],
  pricesOf: (tier: PriceTier) => Float64Array,
  choose: (a: number, b: number) => number,
): Float64Array {
  const bound = Float64Array.from(pricesOf(tiers[0]!));
  for (const tier of tiers.slice(1))
    pricesOf(tier).forEach((price, slot) => (bound[slot] = choose(bound[slot]!, price)));
  return bound;
}

/**
 * Creates a charge for sums of calls; it reuses its working memory, so it serves one caller at a time.
 *
 * The cost is that of the lowest tier and of the tokens as told. What a sum hides moves the bounds, as for a single call
 * (`charge.ts`):
 * - Prices that depend on the length of one call's input: the higher tiers count for the upper bound unless no call can
 *   have reached them, because all of them together did not, or `largestInput` says so. Status `partial`, else.
 * - Cached input, which the usual metrics do not tell apart: for the lower bound all input was read from the cache.
 */
export function createChargeSum(): ChargeSum {
  const sum = createSum(SLOTS);
  const counts = new Float64Array(SLOTS);
  const parts = new Float64Array(SLOTS);
  const bounds = new Float64Array(SLOTS);

  return (usage, offer, { calls, largestInput }) => {
    for (let bucket = 0; bucket < BUCKETS; bucket++) counts[bucket] = usage.tokens[bucket]!;
    counts[REQUEST_SLOT] = calls;
    const longest = Math.min(inputOf(counts), largestInput);
    const tiers = offer.period.plan.filter(({ start }) => start === 0 || start < longest);
    const base = tiers[0]!;
    const whole = tiers.every((tier) => tier.whole);
    const totalAt = (prices: Float64Array): number => {
      const total = sum.total(counts, prices, whole, bounds);
      return isCredible(total) ? total : NaN;
    };

    const cost = sum.total(counts, base.price, base.whole, parts);
    const incomplete =
      sum.incomplete || !isCredible(cost) || lacksSide(counts, base, usage.modelType);
    const uncertain = tiers.length > 1 || isUncertain(counts, base);
    const known = !offer.boundOnly && isCredible(cost) && (cost > 0 || !(incomplete || uncertain));
    const lowest = boundOf(tiers, ({ price }) => price, Math.min);
    const cached = lowest[BUCKET.cacheRead]!;
    if (Number.isNaN(counts[BUCKET.cacheRead]!) && cached < lowest[BUCKET.input]!)
      lowest[BUCKET.input] = cached;

    usage.priceVersion = offer.priceVersion;
    usage.priceRule = `${offer.texts[0]!}, a sum of calls`;
    usage.currency = offer.currency;
    usage.cost = known ? cost : NaN;
    usage.costLow = known ? totalAt(lowest) : NaN;
    usage.costHigh = incomplete ? NaN : totalAt(boundOf(tiers, (tier) => tier.highest, Math.max));
    if (known) usage.costs.set(parts.subarray(0, BUCKETS));
    else usage.costs.fill(NaN);
    const fee = parts[REQUEST_SLOT]!;
    if (known && fee > 0) usage.costs[BUCKET.other] = told(usage.costs[BUCKET.other]!) + fee;
    usage.costStatus = !known ? 'unpriced' : incomplete || uncertain ? 'partial' : 'priced';
  };
}

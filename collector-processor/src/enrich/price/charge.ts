import { BUCKET, type Inference, TOKEN_BUCKETS } from '../../core/inference';
import { createSum } from './exactSum';
import type { PriceOffer } from './findPrices';
import { REQUEST_SLOT, SLOTS } from './priceBuckets';
import type { PricePlan, PriceTier } from './pricePlan';

const BUCKETS = TOKEN_BUCKETS.length;

/** Writes what a call cost by an offer's prices into all of its cost fields. */
export type Charge = (inference: Inference, offer: PriceOffer) => void;

/** A count that nobody told counts as nothing in a sum. */
export const told = (value: number): number => (value > 0 ? value : 0);

/** All input tokens, cached ones included. */
export const inputOf = (counts: Float64Array): number =>
  told(counts[BUCKET.input]!) +
  told(counts[BUCKET.cacheRead]!) +
  told(counts[BUCKET.cacheWrite5m]!) +
  told(counts[BUCKET.cacheWrite1h]!) +
  told(counts[BUCKET.audioIn]!);

/** Position of the tier for a call: by all its input tokens, as the providers publish it. */
function tierOf(plan: PricePlan, counts: Float64Array): number {
  let tier = plan.length - 1;
  if (tier === 0) return 0;
  const input = inputOf(counts);
  while (tier > 0 && input <= plan[tier]!.start) tier--;
  return tier;
}

/** No call costs nine million: the counts are wrong, and the amount would not be a whole number of billionths. */
export const isCredible = (cost: number): boolean => cost <= Number.MAX_SAFE_INTEGER;
const credible = (cost: number): number => (isCredible(cost) ? cost : NaN);

/** Neither text nor audio was told of a side that has a price: what it cost is unknown, not nothing. */
const untold = (counts: Float64Array, text: number, audio: number, { price }: PriceTier): boolean =>
  price[text]! > 0 && Number.isNaN(counts[text]!) && Number.isNaN(counts[audio]!);

/** A side of the usage is missing. An embedding has no output. */
export const lacksSide = (counts: Float64Array, tier: PriceTier, modelType: string): boolean =>
  untold(counts, BUCKET.input, BUCKET.audioIn, tier) ||
  (modelType !== 'embedding' && untold(counts, BUCKET.output, BUCKET.audioOut, tier));

/** Cached tokens of a call with audio input may be audio, which some models bill higher. */
const mayCacheAudio = (counts: Float64Array, { audioCache }: PriceTier): boolean =>
  !Number.isNaN(audioCache) && counts[BUCKET.audioIn]! > 0 && counts[BUCKET.cacheRead]! > 0;

/** Usage does not tell apart tokens that cost differently. */
export function isUncertain(counts: Float64Array, tier: PriceTier): boolean {
  if (mayCacheAudio(counts, tier)) return true;
  if (tier.highest === tier.price) return false;
  for (let slot = 0; slot < SLOTS; slot++)
    if (counts[slot]! > 0 && tier.highest[slot]! > tier.price[slot]!) return true;
  return false;
}

/** Costs by bucket; a fee per call stands under `other`, which makes the buckets add up to the cost. */
function writeBuckets({ costs }: Inference, parts: Float64Array): void {
  for (let bucket = 0; bucket < BUCKETS; bucket++) costs[bucket] = parts[bucket]!;
  const fee = parts[REQUEST_SLOT]!;
  if (fee > 0) costs[BUCKET.other] = told(costs[BUCKET.other]!) + fee;
}

/**
 * Creates a charge; it reuses its working memory, so it serves one caller at a time.
 *
 * Cost = Σ tokens × price, exact, rounded once to billionths (half to even); the buckets' costs are rounded down and
 * share out the rest by largest remainder, so that they add up to it. Status:
 * - `priced`: every token has its price.
 * - `partial`: the cost is what is known of it and the lower bound. The upper bound is unknown (NaN) when a price or a
 *   count is missing, and known when only the kind of token is uncertain (see `priceBuckets.ts`).
 * - `unpriced`: nothing of it is known. A cost of 0 is only ever told of what is known to cost nothing.
 * When the emitter left open whether cached tokens are inside the input, `costHigh` counts them outside.
 */
export function createCharge(): Charge {
  const sum = createSum(SLOTS);
  const counts = new Float64Array(SLOTS).fill(1);
  const parts = new Float64Array(SLOTS);
  const highest = new Float64Array(SLOTS);

  const upperBound = (inference: Inference, plan: PricePlan): number => {
    if (inference.inputTokensHigh >= 0) counts[BUCKET.input] = inference.inputTokensHigh;
    const tier = plan[tierOf(plan, counts)]!;
    if (!mayCacheAudio(counts, tier))
      return credible(sum.total(counts, tier.highest, tier.whole, parts));
    highest.set(tier.highest);
    highest[BUCKET.cacheRead] = Math.max(highest[BUCKET.cacheRead]!, tier.audioCache);
    return credible(sum.total(counts, highest, tier.whole, parts));
  };

  return (inference, offer) => {
    const { plan } = offer.period;
    for (let bucket = 0; bucket < BUCKETS; bucket++) counts[bucket] = inference.tokens[bucket]!;
    const index = tierOf(plan, counts);
    const tier = plan[index]!;
    inference.priceVersion = offer.priceVersion;
    inference.priceRule = offer.texts[index]!;
    inference.currency = offer.currency;
    const cost = sum.total(counts, tier.price, tier.whole, parts);
    const incomplete =
      sum.incomplete || !isCredible(cost) || lacksSide(counts, tier, inference.modelType);
    const uncertain = isUncertain(counts, tier);
    const known = !offer.boundOnly && isCredible(cost) && (cost > 0 || !(incomplete || uncertain));
    inference.cost = inference.costLow = known ? cost : NaN;
    if (known) writeBuckets(inference, parts);
    else inference.costs.fill(NaN);
    if (incomplete) inference.costHigh = NaN;
    else if (uncertain || inference.inputTokensHigh >= 0)
      inference.costHigh = upperBound(inference, plan);
    else inference.costHigh = cost;
    inference.costStatus = !known ? 'unpriced' : incomplete || uncertain ? 'partial' : 'priced';
  };
}

/** Sums above this (9,007 units of currency) leave the integers that doubles hold. */
const MAX_EXACT = Number.MAX_SAFE_INTEGER;

/** Rounds a quotient half to even, the rule of IEEE 754 and of banks: it favours neither side in the long run. */
export function divideHalfEven(amount: number, divisor: number): number {
  const quotient = Math.floor(amount / divisor);
  const rest = amount - quotient * divisor;
  const twice = rest * 2;
  if (twice < divisor) return quotient;
  return twice > divisor || quotient % 2 !== 0 ? quotient + 1 : quotient;
}

const bigHalfEven = (amount: bigint, divisor: bigint): bigint => {
  const quotient = amount / divisor;
  const twice = (amount % divisor) * 2n;
  if (twice < divisor) return quotient;
  return twice > divisor || quotient % 2n !== 0n ? quotient + 1n : quotient;
};

/**
 * Gives out the units that rounding down each part has left over, to the parts with the largest rests (of equal ones to
 * the first), so that the parts add up to the total. A part with no rest never gets one: there are at least as many
 * parts with a rest as units.
 */
function giveOut(parts: Float64Array, rests: Float64Array, units: number): void {
  for (let left = units; left > 0; left--) {
    let largest = 0;
    for (let slot = 1; slot < rests.length; slot++)
      if (rests[slot]! > rests[largest]!) largest = slot;
    parts[largest]! += 1;
    rests[largest] = 0;
  }
}

/** Adds up what the slots of a call cost. */
export interface Sum {
  /**
   * `counts[i] × prices[i]` billionths per million, in billionths: rounded once, half to even. Slots whose count is not
   * above zero are left out, and so are those without a price (NaN). When `parts` is given it gets each slot's share.
   */
  total(
    counts: Float64Array,
    prices: Float64Array,
    whole: boolean,
    parts: Float64Array | undefined,
  ): number;
}

/** The slow way, for prices with more than six decimals and for sums that doubles cannot hold. */
function bigTotal(
  counts: Float64Array,
  prices: Float64Array,
  parts: Float64Array | undefined,
  rests: Float64Array,
): number {
  let sum = 0n;
  let floors = 0n;
  for (let slot = 0; slot < prices.length; slot++) {
    rests[slot] = 0;
    const [count, price] = [counts[slot]!, prices[slot]!];
    if (!(count > 0) || Number.isNaN(price)) continue;
    const cost = BigInt(Math.round(Math.min(count, Number.MAX_SAFE_INTEGER))) * BigInt(price);
    const floor = cost / 1_000_000n;
    sum += cost;
    floors += floor;
    rests[slot] = Number(cost % 1_000_000n);
    if (parts !== undefined) parts[slot] = Number(floor);
  }
  const total = bigHalfEven(sum, 1_000_000n);
  if (parts !== undefined) giveOut(parts, rests, Number(total - floors));
  return Number(total);
}

/** One that is not shared between threads: it has room of its own to work in. */
export function createSum(slots: number): Sum {
  const rests = new Float64Array(slots);
  return {
    total(counts, prices, whole, parts) {
      let sum = 0;
      let floors = 0;
      for (let slot = 0; slot < slots; slot++) {
        const count = counts[slot]!;
        const price = prices[slot]!;
        rests[slot] = 0;
        if (!(count > 0) || price !== price) continue;
        // Whole millionths per million tokens are trillionths per token.
        const cost = count * (price / 1000);
        const floor = Math.floor(cost / 1000);
        sum += cost;
        floors += floor;
        rests[slot] = cost - floor * 1000;
        if (parts !== undefined) parts[slot] = floor;
      }
      if (!whole || !(sum <= MAX_EXACT) || !Number.isInteger(sum))
        return bigTotal(counts, prices, parts, rests);
      const total = divideHalfEven(sum, 1000);
      if (parts !== undefined && total > floors) giveOut(parts, rests, total - floors);
      return total;
    },
  };
}

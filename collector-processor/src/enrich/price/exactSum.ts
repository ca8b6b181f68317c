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

/** Adds up what the slots of a call cost. */
export interface Sum {
  /** Whether the last total left out a count above zero because it had no price. */
  readonly incomplete: boolean;
  /**
   * `counts[i] × prices[i]` billionths per million, in billionths: rounded once, half to even. A price that is not known
   * is NaN, a count too. `parts` gets each slot's share, NaN where it is not known; the others add up to the total: they
   * are rounded down, and what is left over goes to those with the largest rests (of equal ones to the first).
   */
  total(counts: Float64Array, prices: Float64Array, whole: boolean, parts: Float64Array): number;
}

/** Adds `units` to the parts with the largest rests. A part without a rest gets none: there are no more units than rests. */
function giveOut(parts: Float64Array, rests: Float64Array, units: number): void {
  for (let left = units; left > 0; left--) {
    let largest = 0;
    for (let slot = 1; slot < rests.length; slot++)
      if (rests[slot]! > rests[largest]!) largest = slot;
    parts[largest]! += 1;
    rests[largest] = 0;
  }
}

/** In whole numbers of any size: for prices with more than six decimals, and sums that doubles cannot hold. */
function bigTotal(
  counts: Float64Array,
  prices: Float64Array,
  parts: Float64Array,
  rests: Float64Array,
): number {
  let sum = 0n;
  let floors = 0n;
  for (let slot = 0; slot < prices.length; slot++) {
    rests[slot] = 0;
    const [count, price] = [counts[slot]!, prices[slot]!];
    if (!(count > 0 && price >= 0)) continue;
    const cost = BigInt(Math.round(Math.min(count, Number.MAX_SAFE_INTEGER))) * BigInt(price);
    const floor = cost / 1_000_000n;
    sum += cost;
    floors += floor;
    rests[slot] = Number(cost % 1_000_000n);
    parts[slot] = Number(floor);
  }
  const total = bigHalfEven(sum, 1_000_000n);
  giveOut(parts, rests, Number(total - floors));
  return Number(total);
}

/** Rests of whole prices; they are rare, so they are only looked for when the parts do not add up. */
function restsOf(counts: Float64Array, prices: Float64Array, rests: Float64Array): Float64Array {
  for (let slot = 0; slot < prices.length; slot++) {
    const cost = counts[slot]! * (prices[slot]! / 1000);
    rests[slot] = cost > 0 ? cost % 1000 : 0;
  }
  return rests;
}

/** One that is not shared between threads: it has room of its own to work in. */
export function createSum(slots: number): Sum {
  const rests = new Float64Array(slots);
  let incomplete = false;
  return {
    get incomplete() {
      return incomplete;
    },
    total(counts, prices, whole, parts) {
      let sum = 0;
      let floors = 0;
      incomplete = false;
      for (let slot = 0; slot < slots; slot++) {
        const count = counts[slot]!;
        parts[slot] = count === 0 ? 0 : NaN;
        if (!(count > 0)) continue;
        const price = prices[slot]!;
        if (price >= 0) {
          // Whole millionths per million tokens are trillionths per token.
          const cost = count * (price / 1000);
          const floor = Math.floor(cost / 1000);
          sum += cost;
          floors += floor;
          parts[slot] = floor;
        } else incomplete = true;
      }
      if (!whole || !(sum <= MAX_EXACT) || !Number.isInteger(sum))
        return bigTotal(counts, prices, parts, rests);
      const total = divideHalfEven(sum, 1000);
      if (total > floors) giveOut(parts, restsOf(counts, prices, rests), total - floors);
      return total;
    },
  };
}

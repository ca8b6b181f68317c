import { describe, expect, test } from '@jest/globals';
import { BASE, outcome, row } from '../../../../test/support/pricedCall';
import { BUCKET, Inference } from '../../core/inference';
import type { PriceRow } from '../../core/priceRow';
import { createPricer } from './pricer';

function pricedSum(
  rows: readonly PriceRow[],
  usage: Partial<Record<keyof typeof BUCKET, number>>,
  calls = 10,
  largestInput = Infinity,
): Inference {
  const sum = new Inference();
  Object.assign(sum, { modelType: 'llm', provider: 'acme', model: 'm', version: 'm', time: 1 });
  for (const [bucket, count] of Object.entries(usage))
    sum.tokens[BUCKET[bucket as keyof typeof BUCKET]] = count;
  createPricer(rows).priceSum(sum, { calls, largestInput });
  return sum;
}

const LONG = [
  ...BASE,
  row({ tierStartTokens: 1000, nanoPerMillion: 2e9 }),
  row({ tierStartTokens: 1000, bucket: 'output', nanoPerMillion: 6e9 }),
];
const RULE = 'acme:m, a sum of calls';

describe('a sum of calls', () => {
  test('costs what its tokens cost', () => {
    expect(outcome(pricedSum(BASE, { input: 1000, output: 100 }))).toEqual([
      'priced',
      1_400_000,
      1_400_000,
      1_400_000,
      RULE,
    ]);
  });

  test('pays a fee for each call', () => {
    const sum = pricedSum([...BASE, row({ bucket: 'request', nanoPerMillion: 1e9 })], {
      input: 1000,
      output: 100,
    });
    expect([sum.cost, sum.costs[BUCKET.other]]).toEqual([1_410_000, 10_000]);
  });

  test('is bounded by the higher tier when one of the calls may have reached it', () => {
    const usage = { input: 2000, output: 100 };
    const bounded = ['partial', 2_400_000, 2_400_000, 4_600_000, RULE];
    expect(outcome(pricedSum(LONG, usage))).toEqual(bounded);
    expect(outcome(pricedSum(LONG, usage, 10, 1001))).toEqual(bounded);
  });

  test('is exact when no call can have reached the tier', () => {
    const exact = (cost: number) => ['priced', cost, cost, cost, RULE];
    expect(outcome(pricedSum(LONG, { input: 2000, output: 100 }, 10, 1000))).toEqual(
      exact(2_400_000),
    );
    expect(outcome(pricedSum(LONG, { input: 1000, output: 100 }))).toEqual(exact(1_400_000));
  });

  test('may have been read from the cache, when nobody says', () => {
    const rows = [...BASE, row({ bucket: 'cache_read', nanoPerMillion: 1e8 })];
    expect(outcome(pricedSum(rows, { input: 1000, output: 100 }))).toEqual([
      'priced',
      1_400_000,
      500_000,
      1_400_000,
      RULE,
    ]);
    expect(outcome(pricedSum(rows, { input: 1000, cacheRead: 0, output: 100 }))).toEqual([
      'priced',
      1_400_000,
      1_400_000,
      1_400_000,
      RULE,
    ]);
  });

  test('is partly known when a side is not told, and unknown without a price or usage', () => {
    expect(outcome(pricedSum(BASE, { input: 1000 }))).toEqual([
      'partial',
      1_000_000,
      1_000_000,
      NaN,
      RULE,
    ]);
    expect(outcome(pricedSum([], { input: 1000 })).slice(0, 4)).toEqual([
      'unpriced',
      NaN,
      NaN,
      NaN,
    ]);
    expect(outcome(pricedSum(BASE, {}))).toEqual(['unpriced', NaN, NaN, NaN, 'no usage told']);
  });
});

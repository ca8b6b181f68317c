import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Inference, TOKEN_BUCKETS } from '../../core/inference';
import { NO_END_MS, type PriceRow } from '../../core/priceRow';
import { createPricer } from './pricer';

/** Prices of one model: some buckets have none, some have a dearer tier, some an upper bound. */
const rows: fc.Arbitrary<PriceRow[]> = fc
  .array(
    fc.record({
      bucket: fc.constantFrom(
        ...TOKEN_BUCKETS,
        'request',
        'input_max',
        'output_max',
        'request_max',
      ),
      nanoPerMillion: fc.oneof(
        fc.constant(0),
        fc.integer({ min: 1, max: 75_000_000 }).map((micro) => micro * 1_000),
        fc.integer({ min: 1, max: 75_000_000_000 }),
      ),
      dearer: fc.option(fc.integer({ min: 0, max: 75_000_000_000 }), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((prices) => {
    const base = {
      tenant: '',
      provider: 'p',
      modelMatch: 'equals:m',
      modelId: 'm',
      serviceTier: '',
      currency: 'USD',
      validFromMs: 0,
      validToMs: NO_END_MS,
      source: 's',
      priceVersion: 'v',
      rule: 'p:m',
    };
    const unique = new Map(prices.map((price) => [price.bucket, price]));
    return [...unique.values()].flatMap(({ bucket, nanoPerMillion, dearer }) => [
      { ...base, bucket, nanoPerMillion, tierStartTokens: 0 },
      ...(dearer === undefined
        ? []
        : [{ ...base, bucket, nanoPerMillion: nanoPerMillion + dearer, tierStartTokens: 1_000 }]),
    ]);
  });

const count = fc.oneof(
  fc.constant(NaN),
  fc.constant(0),
  fc.integer({ min: 1, max: 3_000 }),
  fc.integer({ min: 1, max: 2_000_000 }),
);
const usage = fc.array(count, { minLength: TOKEN_BUCKETS.length, maxLength: TOKEN_BUCKETS.length });

function priced(prices: readonly PriceRow[], tokens: readonly number[], model = 'm'): Inference {
  const inference = new Inference();
  Object.assign(inference, { modelType: 'llm', provider: 'p', model, version: model });
  inference.tokens.set(tokens);
  createPricer(prices).price(inference);
  return inference;
}

const known = (values: Float64Array): number[] =>
  [...values].filter((value) => !Number.isNaN(value));

describe('whatever the prices and the usage', () => {
  test('amounts are whole, the buckets add up to the cost, the bounds hold it', () => {
    fc.assert(
      fc.property(rows, usage, (prices, tokens) => {
        const { cost, costLow, costHigh, costs, costStatus } = priced(prices, tokens);
        for (const amount of known(costs)) expect(Number.isSafeInteger(amount)).toBe(true);
        if (Number.isNaN(cost)) {
          expect(costStatus).toBe('unpriced');
          expect(known(costs)).toEqual([]);
          return;
        }
        expect(known(costs).reduce((sum, amount) => sum + amount, 0)).toBe(cost);
        expect(costLow).toBe(cost);
        if (!Number.isNaN(costHigh)) expect(costHigh).toBeGreaterThanOrEqual(cost);
        expect(costStatus === 'priced' || costStatus === 'partial').toBe(true);
        if (costStatus === 'priced') expect(costHigh).toBe(cost);
      }),
      { numRuns: 1_000 },
    );
  });

  test('0 is told only of what costs nothing: every used bucket has a price of 0', () => {
    fc.assert(
      fc.property(rows, usage, (prices, tokens) => {
        if (priced(prices, tokens).cost !== 0) return;
        // Less than half a billionth in all rounds to 0; nothing that has no price does.
        const priceOf = new Map(
          prices
            .filter(({ tierStartTokens }) => tierStartTokens === 0)
            .map((row) => [row.bucket, row.nanoPerMillion]),
        );
        const prices0 = TOKEN_BUCKETS.map((bucket) =>
          bucket === 'reasoning'
            ? (priceOf.get(bucket) ?? priceOf.get('output'))
            : priceOf.get(bucket),
        );
        tokens.forEach((used, bucket) => {
          if (used > 0) expect(prices0[bucket]).toBeDefined();
        });
      }),
      { numRuns: 1_000 },
    );
  });

  test('more tokens never cost less', () => {
    const bucket = fc.integer({ min: 0, max: TOKEN_BUCKETS.length - 1 });
    fc.assert(
      fc.property(
        rows,
        usage,
        bucket,
        fc.integer({ min: 1, max: 5_000 }),
        (prices, tokens, index, more) => {
          const listed = new Set(prices.map((row) => row.bucket));
          const missing = TOKEN_BUCKETS.filter((name) => !listed.has(name));
          const full = [
            ...prices,
            ...missing.map((name) => ({ ...prices[0]!, bucket: name, tierStartTokens: 0 })),
          ];
          const told = tokens.map((used) => used || 0);
          const before = priced(full, told);
          const grown = told.map((used, at) => (at === index ? used + more : used));
          const after = priced(full, grown);
          if (Number.isNaN(before.cost)) return;
          // A kind of token that is uncertain above a tier: then 0 is not told any more.
          if (Number.isNaN(after.cost)) expect(before.cost).toBe(0);
          else expect(after.cost).toBeGreaterThanOrEqual(before.cost);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('an unknown model costs nothing that anybody knows', () => {
    fc.assert(
      fc.property(rows, usage, fc.string(), (prices, tokens, name) => {
        const call = priced(prices, tokens, `${name}?`);
        expect([
          call.costStatus,
          call.cost,
          call.costLow,
          call.costHigh,
          known(call.costs),
        ]).toEqual(['unpriced', NaN, NaN, NaN, []]);
      }),
    );
  });
});

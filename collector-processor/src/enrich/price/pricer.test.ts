import { describe, expect, test } from '@jest/globals';
import { BUCKET } from '../../core/inference';
import { createPricer } from './pricer';
import { BASE, contract, outcome, priced, row, USED } from '../../../../test/support/pricedCall';

describe('what is known and what is not', () => {
  test('every token has its price', () => {
    expect(outcome(priced(BASE, USED))).toEqual(['priced', 30_000, 30_000, 30_000, 'acme:m']);
  });

  test('tokens without a price: the known part, no upper bound', () => {
    const call = priced(BASE, { ...USED, audioOut: 3, other: 0 });
    expect(outcome(call)).toEqual(['partial', 30_000, 30_000, NaN, 'acme:m']);
    expect([...call.costs]).toEqual([10_000, NaN, NaN, NaN, 20_000, NaN, NaN, NaN, 0]);
  });

  test('a side of the usage that was not told is not free', () => {
    expect(outcome(priced(BASE, { input: 10 }))).toEqual([
      'partial',
      10_000,
      10_000,
      NaN,
      'acme:m',
    ]);
    expect(outcome(priced(BASE, { output: 5 }))).toEqual([
      'partial',
      20_000,
      20_000,
      NaN,
      'acme:m',
    ]);
    expect(priced(BASE, { input: 10 }, { modelType: 'embedding' }).costStatus).toBe('priced');
    expect(priced([BASE[0]!], { input: 10 }).costStatus).toBe('priced');
  });

  test('when nothing is known of what was used, the cost is not 0', () => {
    expect(outcome(priced(BASE, { input: 0, cacheRead: 7, output: 0 }))).toEqual([
      'unpriced',
      NaN,
      NaN,
      NaN,
      'acme:m',
    ]);
  });

  test('counts that cannot be true have no price', () => {
    for (const input of [1e13, 2 ** 53, Infinity])
      expect(outcome(priced(BASE, { input, output: 5 }))).toEqual([
        'unpriced',
        NaN,
        NaN,
        NaN,
        'acme:m',
      ]);
    const open = priced(BASE, USED, { inputTokensHigh: 1e15 });
    expect(outcome(open)).toEqual(['priced', 30_000, 30_000, NaN, 'acme:m']);
  });

  test.each([
    ['no usage', {}, {}, 'no usage told'],
    ['no usage of an error', {}, { modelType: 'embedding' as const }, 'no usage told'],
    ['unknown model', USED, { model: 'x', version: 'x' }, 'no price for this model of acme'],
    ['unknown provider', USED, { provider: 'else' }, 'no price: provider not in the price book'],
    ['no provider', USED, { provider: '' }, 'no price: provider not told'],
    ['unknown tier', USED, { serviceTier: 'priority' }, 'no price for this service tier'],
    ['no model', USED, { model: '', version: '' }, 'no price for this model of acme'],
    ['before the price', USED, { time: -1 }, 'no price for this model of acme'],
  ])('%s: unpriced, never 0', (_name, usage, told, rule) => {
    expect(outcome(priced(BASE, usage, told))).toEqual(['unpriced', NaN, NaN, NaN, rule]);
  });

  test('what is free costs 0', () => {
    const free = BASE.map((price) => ({ ...price, nanoPerMillion: 0 }));
    expect(outcome(priced(free, USED))).toEqual(['priced', 0, 0, 0, 'acme:m']);
    expect(outcome(priced(BASE, { input: 0, output: 0 }))).toEqual(['priced', 0, 0, 0, 'acme:m']);
  });

  test('predictions of classical models are left alone', () => {
    const call = priced(
      BASE,
      {},
      { modelType: 'binary', reportedCost: 1, reportedSource: 'provider' },
    );
    expect(outcome(call)).toEqual(['', NaN, NaN, NaN, '']);
    expect(priced(BASE, USED, { modelType: '' }).costStatus).toBe('priced');
  });

  test('nothing is left from the inference before', () => {
    const pricer = createPricer(BASE);
    const inference = priced(BASE, USED);
    inference.provider = 'else';
    pricer.price(inference);
    expect([inference.currency, inference.priceVersion, ...inference.costs]).toEqual([
      '',
      '',
      ...Array<number>(9).fill(NaN),
    ]);
  });

  test('an upper bound counts what was left open at the price of its own tier', () => {
    const tiered = [
      ...BASE,
      row({ tierStartTokens: 100, nanoPerMillion: 2e9 }),
      row({ bucket: 'cache_read' }),
    ];
    const call = priced(tiered, { input: 60, cacheRead: 40, output: 1 }, { inputTokensHigh: 100 });
    // 60 + 40 at $1; or 100 at $2 above 100 tokens, and 40 read.
    expect(outcome(call)).toEqual(['priced', 104_000, 104_000, 244_000, 'acme:m']);
  });

  test('a fee per call stands under other', () => {
    const call = priced([...BASE, row({ bucket: 'request', nanoPerMillion: 12e12 })], USED);
    // $12 per thousand would be 12,000 × 10⁹; here $12,000 per million: 12,000,000 nano-dollars a call.
    expect(call.cost).toBe(30_000 + 12_000_000);
    expect(call.costs[BUCKET.other]).toBe(12_000_000);
  });
});

describe('what the emitter reports', () => {
  test.each([
    [
      'the provider billed it',
      { reportedCost: 0.25, reportedSource: 'provider' },
      'reported by the provider',
      250_000_000,
    ],
    [
      'reckoned by the emitter, and we have a price',
      { reportedCost: 0.25, reportedSource: 'local' },
      'acme:m',
      30_000,
    ],
    ['a made-up 0', { reportedCost: 0, reportedSource: 'provider' }, 'acme:m', 30_000],
    ['below 0', { reportedCost: -1, reportedSource: 'provider' }, 'acme:m', 30_000],
    ['infinite', { reportedCost: Infinity, reportedSource: 'provider' }, 'acme:m', 30_000],
    ['too large to be true', { reportedCost: 1e9, reportedSource: 'provider' }, 'acme:m', 30_000],
  ])('%s', (_name, told, rule, cost) => {
    const call = priced(BASE, USED, { ...told, reportedCurrency: 'USD' });
    expect([call.priceRule, call.cost, call.currency]).toEqual([rule, cost, 'USD']);
  });

  test('what the emitter reckoned counts where we have no price', () => {
    const told = {
      model: 'x',
      version: 'x',
      reportedCost: 0.1,
      reportedCurrency: 'EUR',
      reportedSource: 'local',
    };
    const call = priced(BASE, USED, told);
    expect(outcome(call)).toEqual([
      'provider_reported',
      100_000_000,
      100_000_000,
      100_000_000,
      'reported by the emitter; no price in the book',
    ]);
    expect([call.currency, call.costs[BUCKET.other]]).toEqual(['EUR', 100_000_000]);
  });
});

describe('the cache', () => {
  test('looks once for each kind of call, and starts anew when full', () => {
    const pricer = createPricer(BASE, { cacheEntries: 3 });
    const inference = priced(BASE, USED);
    for (let round = 0; round < 2; round++)
      for (const model of ['a', 'b', 'c']) {
        inference.model = model;
        pricer.price(inference);
      }
    expect(pricer.counts).toEqual({ lookups: 3, cacheRestarts: 0 });
    inference.serviceTier = 'batch';
    pricer.price(inference);
    expect(pricer.counts).toEqual({ lookups: 4, cacheRestarts: 1 });
  });

  test('keeps tenants with prices of their own apart', () => {
    const pricer = createPricer([...BASE, ...contract({ tenant: 'a' })]);
    const inference = priced(BASE, USED);
    const costs = ['a', 'b', 'a', 'c'].map((tenant) => {
      inference.tenant = tenant;
      pricer.price(inference);
      return inference.cost;
    });
    expect(costs).toEqual([15_000, 30_000, 15_000, 30_000]);
    expect(pricer.counts.lookups).toBe(2);
  });
});

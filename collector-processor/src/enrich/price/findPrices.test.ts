import { describe, expect, test } from '@jest/globals';
import { createPricer } from './pricer';
import { selectPrices } from './selectPrices';
import { BASE, contract, outcome, priced, row, USED } from '../../../../test/support/pricedCall';

describe('which price', () => {
  test('the model that answered, else the one asked for', () => {
    const rows = [
      ...BASE,
      row({ modelMatch: 'equals:big', rule: 'acme:big', nanoPerMillion: 9e9 }),
    ];
    expect(priced(rows, USED, { model: 'm', version: 'BIG' }).priceRule).toBe('acme:big');
    expect(priced(rows, USED, { model: 'm', version: 'm-2031' }).priceRule).toBe(
      'acme:m, matched on the requested model',
    );
    expect(priced(rows, USED, { model: 'm', version: '' }).priceRule).toBe('acme:m');
  });

  test('of two matches the more exact one', () => {
    const rows = [
      row({ modelMatch: 'starts_with:m', rule: 'short' }),
      row({ modelMatch: 'starts_with:m-', rule: 'long' }),
    ];
    expect(priced(rows, USED, { version: 'm-1' }).priceRule).toBe('long');
  });

  test('contracts before the book, those of the tenant first, for their time only', () => {
    const rows = [
      ...BASE,
      ...contract({ validToMs: 100_000 }),
      ...contract({ tenant: 'a', rule: 'contract of a', modelMatch: 'starts_with:m' }),
    ];
    expect(outcome(priced(rows, USED))).toEqual(['priced', 15_000, 15_000, 15_000, 'contract']);
    expect(priced(rows, USED, { tenant: 'a' }).priceRule).toBe('contract of a');
    expect(priced(rows, USED, { tenant: 'b' }).priceRule).toBe('contract');
    expect(priced(rows, USED, { time: 100_000 }).priceRule).toBe('acme:m');
    expect(priced(rows, USED).priceVersion).toBe('contracts@abc');
  });

  test('a contract for the requested name, which may be a deployment, stands above the book', () => {
    const rows = [...BASE, ...contract({ modelMatch: 'equals:my-deployment' })];
    expect(priced(rows, USED, { model: 'my-deployment', version: 'm' }).priceRule).toBe(
      'contract, matched on the requested model',
    );
  });

  test('a contract for any provider', () => {
    const rows = contract({ provider: '*' });
    expect(priced(rows, USED, { provider: 'somebody' }).cost).toBe(15_000);
  });

  test('a contract in another currency keeps it', () => {
    expect(priced(contract({ currency: 'EUR' }), USED).currency).toBe('EUR');
  });

  test('a new price needs no end of the old one', () => {
    const rows = [row({}), row({ validFromMs: 5_000, nanoPerMillion: 3e9 })];
    expect(priced(rows, USED, { time: 4_999, modelType: 'embedding' }).costs[0]).toBe(10_000);
    expect(priced(rows, USED, { time: 5_000, modelType: 'embedding' }).costs[0]).toBe(30_000);
  });

  test('hours of the day change what they list and keep the rest', () => {
    const rows = [
      ...BASE,
      row({ modelMatch: 'equals:m & hours:01:00-02:00', nanoPerMillion: 2e9 }),
    ];
    expect(priced(rows, USED, { time: 3_600_000 }).cost).toBe(20_000 + 20_000);
    expect(priced(rows, USED, { time: 7_200_000 }).cost).toBe(10_000 + 20_000);
  });

  test('tiers that have a price, tiers that are bounded by the standard one, tiers that are not', () => {
    const rows = [...BASE, ...contract({ serviceTier: 'batch', rule: 'acme:m batch' })];
    expect(outcome(priced(rows, USED, { serviceTier: 'batch' }))).toEqual([
      'priced',
      15_000,
      15_000,
      15_000,
      'acme:m batch',
    ]);
    expect(outcome(priced(rows, USED, { serviceTier: 'flex' }))).toEqual([
      'unpriced',
      NaN,
      NaN,
      30_000,
      'acme:m; only a bound for flex',
    ]);
    expect(priced(rows, USED, { serviceTier: 'default' }).cost).toBe(30_000);
  });

  test('rows that say nothing are left out and told', () => {
    const bad = [
      row({ modelMatch: 'gpt' }),
      row({ bucket: 'tokens' }),
      row({ nanoPerMillion: NaN }),
      row({ currency: '' }),
      row({ validToMs: 0 }),
    ];
    const pricer = createPricer([...bad, ...BASE, row({ nanoPerMillion: 3e9 })]);
    expect(pricer.problems).toHaveLength(6);
    expect(pricer.problems[0]).toBe(
      'price of acme:m: model_match "gpt": expected kind:value, kinds equals, starts_with, ends_with, contains, regex, hours',
    );
    expect(pricer.problems[5]).toBe(
      'price of acme:m: two prices for one bucket, the higher counts',
    );
  });

  test('versions are picked by name; rows of no file always count', () => {
    const rows = [...BASE, ...contract({}), row({ priceVersion: 'mine', rule: 'mine' })];
    const { rows: picked, missing } = selectPrices(rows, 'genai-prices@1.0.0+genai-prices@2.0.0');
    expect(picked.map(({ rule }) => rule)).toEqual(['acme:m', 'acme:m', 'mine']);
    expect(missing).toEqual(['genai-prices@2.0.0']);
  });
});

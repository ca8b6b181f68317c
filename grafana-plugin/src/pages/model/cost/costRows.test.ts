/** @jest-environment node */
import { isUncertain, moneyOf, seriesByCurrency } from './costRows';

describe('money', () => {
  it('keeps what is not known apart from nothing', () => {
    expect(moneyOf({ currency: 'USD', cost: null, cost_low: '0.5', cost_high: 1 })).toEqual({
      ...{ currency: 'USD', cost: null, low: 0.5, high: 1 },
    });
  });

  it('is uncertain where a bound differs from the amount', () => {
    const exact = { currency: 'USD', cost: 1, low: 1, high: 1 };
    expect(isUncertain(exact)).toBe(false);
    expect(isUncertain({ ...exact, high: 1.2 })).toBe(true);
    expect(isUncertain({ ...exact, cost: null })).toBe(true);
    expect(isUncertain({ ...exact, low: null })).toBe(false);
  });
});

describe('money over time', () => {
  it('has a line per currency and name, and no bounds where there are none', () => {
    const rows = [
      { at: 1000, currency: 'USD', bucket: 'input', value: 1 },
      { at: 1000, currency: 'EUR', bucket: 'input', value: 2, low: 1, high: 3 },
      { at: 2000, currency: 'USD', bucket: 'output', value: null },
      { at: null, currency: 'USD', bucket: 'output', value: 9 },
    ];
    const empty = { low: null, high: null };
    expect(seriesByCurrency(rows, 'value', ({ bucket }) => String(bucket))).toEqual([
      {
        currency: 'USD',
        series: [
          { name: 'input', points: [{ timeMs: 1000, value: 1, ...empty }] },
          { name: 'output', points: [{ timeMs: 2000, value: null, ...empty }] },
        ],
      },
      {
        currency: 'EUR',
        series: [{ name: 'input', points: [{ timeMs: 1000, value: 2, low: 1, high: 3 }] }],
      },
    ]);
  });
});

import { BUCKET, TOKEN_BUCKETS } from '../core/inference';
import type { ModelUsage } from '../core/modelUsage';
import { UsageMeter } from './usageMeter';

const usage = (more: Partial<ModelUsage>, tokens: number, cost: number): ModelUsage => {
  const made = {
    ...{ tenant: 'default', environment: '', model: 'm', provider: '', service: '' },
    ...{ currency: 'USD', tokens: new Float64Array(TOKEN_BUCKETS.length) },
    costs: new Float64Array(TOKEN_BUCKETS.length),
    ...more,
  };
  made.tokens[BUCKET.input] = tokens;
  made.costs[BUCKET.input] = cost;
  return made;
};
const seen = (meter: UsageMeter): unknown[] =>
  meter
    .series()
    .map(({ model, currency, overflow, tokens, costs }) => [
      ...[model, currency, overflow],
      ...[tokens[BUCKET.input], costs[BUCKET.input]],
    ]);

describe('UsageMeter', () => {
  it('adds up by labels and begins anew when cleared', () => {
    const meter = new UsageMeter(10);
    const first = usage({}, 5, 50);
    meter.add(first);
    meter.add(usage({}, 1, 10));
    meter.add(usage({ model: 'n' }, 2, 20));
    expect(seen(meter)).toEqual([
      ['m', 'USD', false, 6, 60],
      ['n', 'USD', false, 2, 20],
    ]);
    expect(first.tokens[BUCKET.input]).toBe(5);
    expect(meter.clear()).toBe(0);
    expect(seen(meter)).toEqual([]);
  });

  it('adds up what has no room by currency, and tells how many combinations that were', () => {
    const meter = new UsageMeter(1);
    meter.add(usage({}, 1, 1));
    for (const model of ['a', 'b', 'a']) meter.add(usage({ model }, 10, 100));
    meter.add(usage({ model: 'c', currency: 'EUR' }, 1000, 7));
    expect(seen(meter)).toEqual([
      ['m', 'USD', false, 1, 1],
      ['', 'USD', true, 30, 300],
      ['', 'EUR', true, 1000, 7],
    ]);
    expect(meter.clear()).toBe(1);
  });

  it('does not grow with the currencies that senders make up', () => {
    const meter = new UsageMeter(1);
    for (let i = 0; i < 5000; i++) meter.add(usage({ currency: `C${i}` }, 1, 1));
    const series = meter.series();
    expect(series).toHaveLength(21);
    expect(series.reduce((sum, { tokens }) => sum + tokens[BUCKET.input]!, 0)).toBe(5000);
  });
});

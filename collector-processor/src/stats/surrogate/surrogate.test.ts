import { createRandom } from '../random';
import { fitSurrogate, type LoggedPrediction, onScale } from './surrogate';

const rowsOf = (
  n: number,
  output: (a: number, b: number, country: string, noise: number) => number,
): LoggedPrediction[] => {
  const random = createRandom(7);
  return Array.from({ length: n }, () => {
    const [a, b] = [random.normal(), random.uniform() * 10];
    const country = ['de', 'fr', 'es'][Math.floor(random.uniform() * 3)]!;
    return { features: { a, b, country }, output: output(a, b, country, random.normal()) };
  });
};
const SHIFT: Record<string, number> = { de: -1, fr: 0, es: 2 };

describe('fitSurrogate', () => {
  it('finds the effects of an additive model, and they sum to its prediction', () => {
    const rows = rowsOf(4000, (a, b, country) => 3 + 2 * a + Math.sin(b) + SHIFT[country]!);
    const result = fitSurrogate(rows);
    if (result.status !== 'fitted') throw new Error(result.reason);
    const { surrogate } = result;
    expect(surrogate.scale).toBe('identity');
    expect(surrogate.fidelity).toBeGreaterThan(0.98);
    expect(surrogate.fittedRows + surrogate.heldOutRows).toBe(4000);
    const asked = { a: 1.2, b: 2, country: 'es' };
    const effects = surrogate.explain(asked);
    const of = (name: string) => effects.find(({ feature }) => feature === name)!.contribution;
    expect(of('a')).toBeCloseTo(2.4, 0);
    // Less the mean effect of a country, 1/3.
    expect(Math.abs(of('country') - (2 - 1 / 3))).toBeLessThan(0.15);
    expect(effects.map(({ feature }) => feature)).toEqual(['a', 'country', 'b']);
    const sum = effects.reduce((total, { contribution }) => total + contribution, surrogate.base);
    expect(Math.abs(sum - (3 + 2.4 + Math.sin(2) + 2))).toBeLessThan(0.4);
  });

  it('explains probabilities as log-odds', () => {
    const rows = rowsOf(3000, (a, b) => 1 / (1 + Math.exp(-(2 * a + 0.5 * b - 2))));
    const result = fitSurrogate(rows);
    if (result.status !== 'fitted') throw new Error(result.reason);
    expect(result.surrogate.scale).toBe('logit');
    const { features, output } = rows[0]!;
    const told = result.surrogate
      .explain(features)
      .reduce((sum, { contribution }) => sum + contribution, result.surrogate.base);
    expect(Math.abs(told - onScale(output, 'logit'))).toBeLessThan(0.7);
  });

  it.each<[string, LoggedPrediction[], RegExp]>([
    ['few rows', rowsOf(499, (a) => a), /499 predictions/],
    [
      'an interaction',
      rowsOf(3000, (a, b) => a * (b - 5)),
      /explains \d+% of the model's variance/,
    ],
    ['noise', rowsOf(3000, (_a, _b, _country, noise) => noise), /explains 0%/],
    ['one answer', rowsOf(600, () => 4), /the same/],
    [
      'no features',
      rowsOf(600, (a) => a).map(({ output }) => ({ features: {}, output })),
      /no features/,
    ],
  ])('refuses %s', (_, rows, reason) => {
    expect(fitSurrogate(rows)).toMatchObject({
      status: 'refused',
      reason: expect.stringMatching(reason) as string,
    });
  });

  it('takes a value that it has not seen, or that is missing, for no effect', () => {
    const rows = rowsOf(2000, (a, _b, country) => a + SHIFT[country]!);
    const result = fitSurrogate(rows);
    if (result.status !== 'fitted') throw new Error(result.reason);
    const unseen = result.surrogate.explain({ country: 'it' });
    expect(unseen.map(({ contribution }) => contribution)).toEqual([0, 0, 0]);
  });
});

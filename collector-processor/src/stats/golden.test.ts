import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { benjaminiHochberg } from './benjaminiHochberg';
import { chiSquareTest } from './chiSquare';
import { distances, wasserstein } from './distances';
import { noncentralFTail } from './noncentralF';
import { normalQuantile } from './normalQuantile';
import { wilsonInterval } from './proportion';
import { chiSquareTail, fTail, normalTail, studentTail } from './tails';

/** Values of SciPy 1.17.1; docs/statistics.md has the script that wrote them. */
const golden = JSON.parse(readFileSync(join(__dirname, 'golden/scipy.json'), 'utf8')) as {
  tails: [string, number[], number][];
  quantiles: [number, number][];
  contingency: [number[], number[], number, number][];
  fisher: [number[], number[], number][];
  wasserstein: [number[], number[], number][];
  shares: [number[], number[], Record<'js' | 'hellinger' | 'ks' | 'psi', number>][];
  benjaminiHochberg: [number[], number[]];
  wilson: [number, number, number, number][];
};

const relativeError = (value: number, expected: number): number =>
  value === expected ? 0 : Math.abs(value - expected) / Math.abs(expected);

const tails: Record<string, (...parameters: number[]) => number> = {
  f: (f, d1, d2) => fTail(f, d1, d2),
  chiSquare: (x, k) => chiSquareTail(x, k),
  student: (t, k) => studentTail(t, k),
  normal: (z) => normalTail(z),
  noncentralF: (f, d1, d2, lambda) => noncentralFTail(f, d1, d2, lambda),
};

test.each(golden.tails)('the upper tail of %s at %j', (name, parameters, expected) => {
  expect(relativeError(tails[name]!(...parameters), expected)).toBeLessThan(
    expected < 1e-9 ? 1e-6 : 1e-9,
  );
});

test.each(golden.quantiles)('the normal quantile of %d', (p, expected) => {
  expect(Math.abs(normalQuantile(p) - expected)).toBeLessThan(
    1e-9 * Math.max(1, Math.abs(expected)),
  );
});

test.each(golden.contingency)('chi-square of %j and %j', (a, b, statistic, p) => {
  const result = chiSquareTest(a, b, 1);
  expect(relativeError(result.statistic, statistic)).toBeLessThan(1e-9);
  expect(relativeError(result.p, p)).toBeLessThan(1e-6);
});

test.each(golden.fisher)('small counts %j and %j come near the exact test', (a, b, p) => {
  const result = chiSquareTest(a, b, 1);
  expect(result.resampled).toBe(true);
  // Ten thousand resamples, and the two exact tests order tables a little differently.
  expect(Math.abs(result.p - p)).toBeLessThan(0.012);
});

test.each(golden.wasserstein)('Wasserstein distance of samples', (a, b, expected) => {
  const rows = (values: number[]) => values.map((sum) => ({ count: 1, sum }));
  expect(relativeError(wasserstein(rows(a), rows(b), 1), expected)).toBeLessThan(1e-9);
});

test.each(golden.shares)('distances of counts', (a, b, expected) => {
  const found = distances(a, b);
  for (const name of ['js', 'hellinger', 'ks', 'psi'] as const) {
    expect([name, relativeError(found[name], expected[name]) < 1e-9]).toEqual([name, true]);
  }
});

test('q-values', () => {
  const [p, q] = golden.benjaminiHochberg;
  benjaminiHochberg(p).forEach((value, i) => {
    expect(relativeError(value, q[i]!)).toBeLessThan(1e-9);
  });
});

test.each(golden.wilson)('Wilson interval of %d of %d', (count, n, low, high) => {
  const found = wilsonInterval(count, n);
  expect(Math.abs(found.low - low)).toBeLessThan(1e-9);
  expect(Math.abs(found.high - high)).toBeLessThan(1e-9);
});

import { bridgeTable, bridgeTest, tailOf } from './bridge';
import { createRandom, seedOf } from './random';

const draw = (shares: readonly number[], n: number, uniform: () => number): number[] => {
  const counts = shares.map(() => 0);
  for (let i = 0; i < n; i++) {
    let at = uniform();
    let k = 0;
    while (k < shares.length - 1 && at >= shares[k]!) at -= shares[k++]!;
    counts[k]!++;
  }
  return counts;
};

const EQUAL = new Array<number>(20).fill(0.05);
const MOSTLY_ZERO = [0.6, ...new Array<number>(10).fill(0.04)];

describe.each([
  ['equal shares', EQUAL],
  ['a heavy atom', MOSTLY_ZERO],
])('the bridge test with %s', (_, shares) => {
  const table = bridgeTable(shares, seedOf('feature'));
  const random = createRandom(11);
  const rate = (other: readonly number[], alpha: number): number => {
    let rejected = 0;
    for (let i = 0; i < 1000; i++) {
      const reference = draw(shares, 2000, random.uniform);
      if (bridgeTest(reference, draw(other, 300, random.uniform), table) <= alpha) rejected++;
    }
    return rejected / 1000;
  };

  it('keeps its level', () => {
    expect(rate(shares, 0.05)).toBeGreaterThan(0.03);
    expect(rate(shares, 0.05)).toBeLessThan(0.072);
    expect(rate(shares, 0.01)).toBeLessThan(0.022);
  });

  it('sees a shift', () => {
    const tilted = shares.map((share, k) => share * (1 + 0.6 * (k / (shares.length - 1) - 0.5)));
    const sum = tilted.reduce((all, share) => all + share, 0);
    const seen = rate(
      tilted.map((share) => share / sum),
      0.05,
    );
    expect(seen).toBeGreaterThan(0.3);
  });
});

it('is the same on every replica', () => {
  expect(bridgeTable(EQUAL, 5, 500)).toEqual(bridgeTable(EQUAL, 5, 500));
});

it('falls with the statistic, from 1 to what its draws can tell', () => {
  const table = bridgeTable(EQUAL, 5, 1000);
  const tails = [0, 0.2, 0.5, 1, 2, 4, 100].map((statistic) => tailOf(table, statistic));
  expect(tails[0]).toBe(1);
  expect(tails.at(-1)).toBeCloseTo(1 / 1001, 12);
  expect([...tails].sort((a, b) => b - a)).toEqual(tails);
  expect(tailOf(table, NaN)).toBeNaN();
});

it('has no answer for an empty window', () => {
  expect(
    bridgeTest(
      EQUAL.map(() => 10),
      EQUAL.map(() => 0),
      bridgeTable(EQUAL, 5, 100),
    ),
  ).toBeNaN();
});

import { type MomentSums, momentShift, pairIndex } from './moments';
import { createRandom } from './random';

const FEATURES = 6;

/** Standard normal features, of which 1 and 4 are correlated. */
function sumsOf(n: number, correlation: number, seed: number, shift = 0): MomentSums {
  const { normal } = createRandom(seed);
  const pairs = (FEATURES * (FEATURES - 1)) / 2;
  const zeros = (length: number): number[] => new Array<number>(length).fill(0);
  const [sums, squares] = [zeros(FEATURES), zeros(FEATURES)];
  const [products, productSquares] = [zeros(pairs), zeros(pairs)];
  for (let row = 0; row < n; row++) {
    const x = Array.from({ length: FEATURES }, normal);
    x[4] = correlation * x[1]! + Math.sqrt(1 - correlation ** 2) * x[4]!;
    x[2]! += shift;
    for (let i = 0; i < FEATURES; i++) {
      sums[i]! += x[i]!;
      squares[i]! += x[i]! ** 2;
      for (let j = i + 1; j < FEATURES; j++) {
        products[pairIndex(i, j, FEATURES)]! += x[i]! * x[j]!;
        productSquares[pairIndex(i, j, FEATURES)]! += (x[i]! * x[j]!) ** 2;
      }
    }
  }
  return { n, sums, squares, products, productSquares };
}

const reference = sumsOf(20_000, 0.8, 1);

it('counts pairs without gaps', () => {
  const found = [];
  for (let i = 0; i < 5; i++) for (let j = i + 1; j < 5; j++) found.push(pairIndex(i, j, 5));
  expect(found).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

it('names the pair whose correlation broke though each feature looks as before', () => {
  const { features, p, z } = momentShift(reference, sumsOf(2_000, 0, 2))!;
  expect(features).toEqual([1, 4]);
  expect(z).toBeLessThan(-5);
  expect(p).toBeLessThan(1e-6);
});

it('names the feature whose mean moved', () => {
  expect(momentShift(reference, sumsOf(2_000, 0.8, 3, 0.2))!.features).toEqual([2]);
});

it('is quiet when nothing changed', () => {
  let alarms = 0;
  for (let seed = 100; seed < 200; seed++) {
    if (momentShift(reference, sumsOf(500, 0.8, seed))!.p < 0.05) alarms++;
  }
  expect(alarms).toBeLessThanOrEqual(12);
});

it('asks for two rows', () => {
  expect(momentShift(reference, sumsOf(1, 0.8, 2))).toBeUndefined();
});

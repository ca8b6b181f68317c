import { createRandom } from './random';

const draw = (seed: number): number[] => {
  const random = createRandom(seed);
  return Array.from({ length: 2_000 }, () => random.next());
};

test('the same seed draws the same numbers, another seed others', () => {
  expect(draw(5)).toEqual(draw(5));
  expect(draw(5).slice(0, 3)).not.toEqual(draw(6).slice(0, 3));
});

test('numbers are spread evenly over [0, 1)', () => {
  const numbers = draw(9);
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThan(1);
  expect(mean).toBeCloseTo(0.5, 1);
});

test('around has the median it was asked for', () => {
  const random = createRandom(3);
  const numbers = Array.from({ length: 4_001 }, () => random.around(80, 0.5)).sort((a, b) => a - b);
  expect(Math.abs(numbers[2_000]! - 80)).toBeLessThan(4);
  expect(numbers[0]).toBeGreaterThan(0);
});

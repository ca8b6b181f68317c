import { growthExponent } from './growthExponent';

const costs = (cost: (models: number) => number) =>
  [10, 100, 1_000].map((models) => ({ models, cpuS: cost(models) }));

test('tells a cost that grows with the models from one that grows with their square', () => {
  expect(growthExponent(costs((models) => 0.01 * models))).toBeCloseTo(1, 12);
  expect(growthExponent(costs((models) => models * models))).toBeCloseTo(2, 12);
});

test('takes the steepest step, which a fixed cost cannot hide', () => {
  const exponent = growthExponent(costs((models) => 5 + 1e-5 * models * models));
  expect(exponent).toBeGreaterThan(0.4);
  expect(exponent).toBeCloseTo(Math.log10(15 / 5.1), 12);
});

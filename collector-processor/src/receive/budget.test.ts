import { createBudget } from './budget';

test('takes up to the limit, all or nothing, and what is released again', () => {
  const budget = createBudget(10);
  expect(budget.take(6)).toBe(true);
  expect(budget.take(5)).toBe(false);
  expect(budget.usedBytes).toBe(6);
  expect(budget.take(4)).toBe(true);
  expect(budget.take(0)).toBe(true);
  budget.release(6);
  expect(budget.take(6)).toBe(true);
  expect(budget.usedBytes).toBe(10);
});

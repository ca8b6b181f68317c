/** @jest-environment node */
import { gridInterval } from './gridInterval';

const HOUR = 3_600_000;

describe('gridInterval', () => {
  it.each([
    [HOUR, 60_000],
    [24 * HOUR, 600_000],
    [7 * 24 * HOUR, 2 * HOUR],
    [92 * 24 * HOUR, 24 * HOUR],
  ])('makes at most 150 points of %d ms', (range, step) => {
    expect(gridInterval(1e12, 1e12 + range)).toBe(step);
    expect(range / step).toBeLessThanOrEqual(150);
  });

  it('ends at a month however long the range is', () => {
    expect(gridInterval(0, 1e15)).toBe(30 * 24 * HOUR);
  });
});

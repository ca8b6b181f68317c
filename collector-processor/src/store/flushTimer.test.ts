import { flushDelay } from './flushTimer';

const settings = { minIntervalMs: 500, eagerRows: 5000, flushAfterMs: 1000 };

describe('flushDelay', () => {
  test.each([
    ['at once when the last insert is long ago', 1, 10_000, 0, 0],
    ['after the smallest interval between starts', 1, 200, 0, 300],
    ['at once when many rows wait', 5000, 0, 0, 0],
    ['never later than the cap after the first row', 1, 0, 900, 100],
    ['never negative', 1, 600, 2000, 0],
  ])('%s', (_, rows, sinceLastStart, sinceFirstRow, expected) => {
    expect(flushDelay(settings, rows, sinceLastStart, sinceFirstRow)).toBe(expected);
  });
});

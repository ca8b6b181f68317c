import { CountHistory } from './countHistory';

const window = (timeMs: number, ...counts: number[]) => ({
  ...{ timeMs, counts, sums: [], sum: 0, sumSquares: 0 },
});

test.each([255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, 2 ** 40])(
  'keeps counts up to %d exactly',
  (most) => {
    const history = new CountHistory([window(1, 0, most), window(2, 1, 3)]);
    expect(history.sharesAt(1)).toEqual([
      { timeMs: 1, count: most, n: most },
      { timeMs: 2, count: 3, n: 4 },
    ]);
  },
);

test('takes a byte for each small count', () => {
  const windows = Array.from({ length: 168 }, (_, hour) => window(hour, 1, 2, 3, 0));
  expect(new CountHistory(windows).bytes).toBe(168 * (4 + 8));
});

test('a place that a window does not have has nothing', () => {
  const history = new CountHistory([window(1, 5), window(2, 5, 7)]);
  expect(history.sharesAt(1).map(({ count }) => count)).toEqual([0, 7]);
  expect(history.sharesAt(9).map(({ count }) => count)).toEqual([0, 0]);
});

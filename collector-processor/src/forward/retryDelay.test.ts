import { readRetryAfter, retryDelay } from './retryDelay';

const BACKOFF = { initialMs: 1000, maxMs: 30_000 };

describe('retryDelay', () => {
  it('doubles up to its maximum, and is spread over the upper half', () => {
    const least = [1, 2, 3, 4, 5, 6, 7, 60].map((attempt) => retryDelay(BACKOFF, attempt, 0, 0));
    expect(least).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
    expect(retryDelay(BACKOFF, 3, 0, 0.999)).toBeCloseTo(3998, 0);
  });

  it('never comes back before the other side wants, and not later than ten minutes', () => {
    expect(retryDelay(BACKOFF, 1, 5000, 0)).toBe(5000);
    expect(retryDelay(BACKOFF, 1, 5000, 0.5)).toBe(5250);
    expect(retryDelay(BACKOFF, 1, 10, 0)).toBe(500);
    expect(retryDelay(BACKOFF, 1, 1e12, 0)).toBe(600_000);
  });
});

describe('readRetryAfter', () => {
  const now = Date.parse('2026-11-20T10:00:00Z');
  it.each([
    ['7', 7000],
    [' 0 ', 0],
    ['Fri, 20 Nov 2026 10:00:30 GMT', 30_000],
    ['Fri, 20 Nov 2026 09:00:00 GMT', 0],
    ['soon', 0],
    [undefined, 0],
  ])('%s', (header, milliseconds) => {
    expect(readRetryAfter(header, now)).toBe(milliseconds);
  });
});

import { createRateLimit } from './rateLimit';

it('lets a burst pass, then the rate, for each caller alone', () => {
  let now = 0;
  const waitMs = createRateLimit({ requestsPerSecond: 2, burstSeconds: 2 }, () => now);
  expect(Array.from({ length: 5 }, () => waitMs('a'))).toEqual([0, 0, 0, 0, 500]);
  expect(waitMs('b')).toBe(0);
  now = 499;
  expect(waitMs('a')).toBe(1);
  now = 500;
  expect([waitMs('a'), waitMs('a')]).toEqual([0, 500]);
});

it('forgets those who were quiet longest, not those who call', () => {
  const waitMs = createRateLimit({ requestsPerSecond: 1, burstSeconds: 1 }, () => 0);
  waitMs('busy');
  for (let i = 0; i < 15_000; i++) {
    waitMs(`user ${i}`);
    if (i % 5000 === 0) expect(waitMs('busy')).toBe(1000);
  }
  expect(waitMs('user 14999')).toBe(1000);
  expect(waitMs('user 0')).toBe(0);
});

import { poissonInterval } from './poissonRate';

/** Tables of E. S. Pearson and H. O. Hartley, Biometrika Tables for Statisticians I (1966), table 40. */
it.each([
  [0, 0, 3.6889],
  [1, 0.0253, 5.5716],
  [5, 1.6235, 11.6683],
  [10, 4.7954, 18.3904],
  [50, 37.1105, 65.9188],
])('%d events are worth %d to %d', (count, low, high) => {
  const interval = poissonInterval(count);
  expect(interval.low).toBeCloseTo(low, 3);
  expect(interval.high).toBeCloseTo(high, 3);
});

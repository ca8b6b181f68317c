import { createPacer } from './pacer';
import { createRandom } from './random';

afterEach(() => {
  jest.useRealTimers();
});

test('keeps its rate on average, catches up at most a second, and stops', () => {
  jest.useFakeTimers({ now: 0 });
  let acts = 0;
  const pacer = createPacer(() => acts++, { random: createRandom(4), clock: Date.now }, 20);
  jest.advanceTimersByTime(60_000);
  // 1,200 expected; the bounds are five standard deviations away.
  expect(acts).toBeGreaterThan(1_100);
  expect(acts).toBeLessThan(1_300);
  // The process hung for an hour.
  jest.setSystemTime(Date.now() + 3_600_000);
  const before = acts;
  jest.advanceTimersByTime(50);
  expect(acts - before).toBeLessThanOrEqual(41);
  pacer.stop();
  const after = acts;
  jest.advanceTimersByTime(10_000);
  expect(acts).toBe(after);
});

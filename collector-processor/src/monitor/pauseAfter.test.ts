import { pauseAfter } from './pauseAfter';

const MINUTE = 60_000;
const PACE = { everyMs: 5_000, maxShare: 0.2, due: { everyMs: 5 * MINUTE, afterMs: 35_000 } };
/** A moment at which something is due. */
const DUE = 1_000 * 5 * MINUTE + 35_000;

test('pauses as long as it may while nothing is due', () => {
  expect(pauseAfter({ nowMs: DUE, tookMs: 100 }, PACE)).toBe(5_000);
  expect(pauseAfter({ nowMs: DUE, tookMs: 10_000 }, PACE)).toBe(40_000);
  expect(pauseAfter({ nowMs: DUE - 1_000, tookMs: 100 }, { everyMs: 5_000, maxShare: 0.2 })).toBe(
    5_000,
  );
});

test('ends the pause when something gets due', () => {
  const pauseMs = pauseAfter({ nowMs: DUE - 3_000, tookMs: 1_000 }, PACE);
  expect(pauseMs).toBeGreaterThanOrEqual(2_000);
  expect(pauseMs).toBeLessThan(2_100);
});

test('goes on at once where something got due during a run', () => {
  expect(pauseAfter({ nowMs: DUE - 1_000, tookMs: 10_000 }, PACE)).toBe(0);
  expect(pauseAfter({ nowMs: DUE - 1, tookMs: 0 }, PACE)).toBeLessThan(100);
});

test('keeps its share where runs take too long for what is due', () => {
  const tookMs = 2 * MINUTE;
  expect(pauseAfter({ nowMs: DUE - 1_000, tookMs }, PACE)).toBe(4 * tookMs);
});

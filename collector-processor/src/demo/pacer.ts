/** Repeats something at a steady average rate until stopped. */
export interface Pacer {
  stop(): void;
}

const TICK_MS = 50;
/** After a pause of the process at most this much is caught up. */
const LONGEST_CATCH_UP_MS = 1_000;

/** Calls `act` `perSecond` times a second on average, in small groups; `random` makes the groups uneven, as traffic is. */
export function createPacer(
  act: (nowMs: number) => void,
  parts: { readonly random: { next(): number }; readonly clock: () => number },
  perSecond: number,
): Pacer {
  let owed = 0;
  let lastMs = parts.clock();
  const timer = setInterval(() => {
    const nowMs = parts.clock();
    const elapsedMs = Math.min(nowMs - lastMs, LONGEST_CATCH_UP_MS);
    lastMs = nowMs;
    // Twice a uniform number has mean one: the rate holds, the groups differ.
    owed += (perSecond * elapsedMs * 2 * parts.random.next()) / 1_000;
    for (; owed >= 1; owed--) act(nowMs);
  }, TICK_MS);
  return {
    stop() {
      clearInterval(timer);
    },
  };
}

/** How often a job runs. */
export interface Pace {
  /** Shortest pause between two runs, milliseconds. */
  readonly everyMs: number;
  /** Share of the time that runs may take; after a long one the pause is longer. */
  readonly maxShare: number;
  /** When there is something to do for certain: so long after each whole multiple of some time, milliseconds. */
  readonly due?: { readonly everyMs: number; readonly afterMs: number };
}

/** A run that is over: when it began by the engine's clock, Unix milliseconds, and how long it took. */
export interface PastRun {
  readonly nowMs: number;
  readonly tookMs: number;
}

/** Timers fire up to a millisecond early, and clocks drift apart a little between two runs. */
const SLACK_MS = 50;

/**
 * The pause after a run, milliseconds. What is due is not kept waiting for the end of a pause, unless runs take so long that
 * their share of the time between two due moments is used up.
 */
export function pauseAfter({ nowMs, tookMs }: PastRun, { everyMs, maxShare, due }: Pace): number {
  const pauseMs = Math.max(everyMs, tookMs * (1 / maxShare - 1));
  if (due === undefined || tookMs > maxShare * due.everyMs) return pauseMs;
  const before = Math.floor((nowMs - due.afterMs) / due.everyMs) * due.everyMs + due.afterMs;
  const untilMs = before + due.everyMs + SLACK_MS - (nowMs + tookMs);
  return Math.min(pauseMs, Math.max(0, untilMs));
}

export interface FlushSettings {
  /** Smallest time between the starts of two inserts, milliseconds: small parts cost merges. */
  readonly minIntervalMs: number;
  /** Rows that start an insert before `minIntervalMs` is over. */
  readonly eagerRows: number;
  /** Longest time that a row waits for its insert to start while none is running, milliseconds. */
  readonly flushAfterMs: number;
}

/** When the next insert may start, in milliseconds from now; 0 for at once. */
export function flushDelay(
  settings: FlushSettings,
  rows: number,
  sinceLastStartMs: number,
  sinceFirstRowMs: number,
): number {
  if (rows >= settings.eagerRows) return 0;
  return Math.max(
    0,
    Math.min(settings.minIntervalMs - sinceLastStartMs, settings.flushAfterMs - sinceFirstRowMs),
  );
}

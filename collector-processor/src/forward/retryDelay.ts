export interface BackoffSettings {
  /** Pause before the second attempt, milliseconds; it doubles with each further one. */
  readonly initialMs: number;
  readonly maxMs: number;
}

/** Longest pause that another side can impose: ten minutes. Beyond it a request would only fill the queue. */
const MAX_IMPOSED_MS = 600_000;

/**
 * How long to wait before the attempt that follows number `attempt` (from 1), milliseconds. Never shorter than what the
 * other side asked for; spread, so that replicas that failed together do not come back together.
 * `random` is from [0, 1).
 */
export function retryDelay(
  { initialMs, maxMs }: BackoffSettings,
  attempt: number,
  askedMs: number,
  random: number,
): number {
  const backoff = Math.min(maxMs, initialMs * 2 ** (attempt - 1));
  const spread = backoff * (0.5 + 0.5 * random);
  return Math.min(MAX_IMPOSED_MS, Math.max(spread, askedMs * (1 + 0.1 * random)));
}

/** What an HTTP `Retry-After` asks for, milliseconds from `nowMs`; 0 when it says nothing that can be read. */
export function readRetryAfter(header: string | undefined, nowMs: number): number {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = text === '' ? NaN : Date.parse(text);
  return Number.isNaN(date) ? 0 : Math.max(0, date - nowMs);
}

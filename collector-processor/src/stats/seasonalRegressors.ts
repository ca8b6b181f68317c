const DAY_MS = 86_400_000;

/** How a season is modelled. */
export interface Season {
  /** Sine and cosine pairs with periods of a day, half a day, a third, … */
  readonly dailyHarmonics: number;
  /** Whether Saturday and Sunday have a level of their own. */
  readonly weekend: boolean;
  /** What to add to UTC for the local day, milliseconds. */
  readonly utcOffsetMs: number;
}

/** The regressors of a window at `timeMs` (Unix milliseconds): a constant, harmonics of the day, the weekend. */
export function seasonalRegressors(
  timeMs: number,
  { dailyHarmonics, weekend, utcOffsetMs }: Season,
): number[] {
  const local = timeMs + utcOffsetMs;
  const phase = (2 * Math.PI * (local % DAY_MS)) / DAY_MS;
  const regressors = [1];
  for (let k = 1; k <= dailyHarmonics; k++) {
    regressors.push(Math.sin(k * phase), Math.cos(k * phase));
  }
  if (weekend) {
    // 1 January 1970 was a Thursday.
    const day = (Math.floor(local / DAY_MS) + 4) % 7;
    regressors.push(day === 0 || day === 6 ? 1 : 0);
  }
  return regressors;
}

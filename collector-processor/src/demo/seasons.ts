export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Requests in the quietest possible hour, and how many more come in the busiest. */
const QUIET_HOUR = 300;
const BUSY_HOUR_EXTRA = 90;

/** Relative volume, 0 to 1, of the hours of a day and the days of a week (Sunday first), in UTC. */
export interface Season {
  readonly hours: readonly number[];
  readonly weekdays: readonly number[];
}

const relative = (counts: readonly number[]): number[] => {
  const most = Math.max(...counts, 1);
  return counts.map((count) => count / most);
};

/** The season that these event times (Unix milliseconds) show. */
export function learnSeason(times: readonly number[]): Season {
  const hours = new Array<number>(24).fill(0);
  const weekdays = new Array<number>(7).fill(0);
  for (const time of times) {
    const date = new Date(time);
    hours[date.getUTCHours()]! += 1;
    weekdays[date.getUTCDay()]! += 1;
  }
  return { hours: relative(hours), weekdays: relative(weekdays) };
}

/** Whole requests in the hour that begins at `hourStartMs`; never fewer than 300, so that each hour can be tested. */
export function requestsInHour(season: Season, hourStartMs: number): number {
  const date = new Date(hourStartMs);
  const volume = season.hours[date.getUTCHours()]! * season.weekdays[date.getUTCDay()]!;
  return QUIET_HOUR + Math.round(BUSY_HOUR_EXTRA * volume);
}

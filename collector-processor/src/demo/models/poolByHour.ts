/** A pool this small would repeat the same few rows all hour. */
const SMALLEST_POOL = 25;
const HOURS = 24;

/**
 * Chooses among rows with the weekday and hour of the asked time (UTC), so that resampled traffic keeps the daily and
 * weekly seasons of the data. Hours with too few rows borrow from the hours around them.
 */
export function poolByHour(times: readonly number[]): (atMs: number, uniform: number) => number {
  const exact: number[][] = Array.from({ length: 7 * HOURS }, () => []);
  const slotOf = (time: number): number => {
    const date = new Date(time);
    return date.getUTCDay() * HOURS + date.getUTCHours();
  };
  times.forEach((time, row) => exact[slotOf(time)]!.push(row));
  const pools = exact.map((rows, slot) => {
    const pool = [...rows];
    const day = slot - (slot % HOURS);
    for (let away = 1; pool.length < SMALLEST_POOL && away < HOURS; away++) {
      for (const hour of [(slot % HOURS) - away, (slot % HOURS) + away]) {
        if (hour >= 0 && hour < HOURS) pool.push(...exact[day + hour]!);
      }
    }
    return pool;
  });
  return (atMs, uniform) => {
    const pool = pools[slotOf(atMs)]!;
    return pool[Math.floor(uniform * pool.length)]!;
  };
}

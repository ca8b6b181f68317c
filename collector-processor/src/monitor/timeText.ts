/** Unix milliseconds as a SQL expression that indexes can use. */
export const timeText = (unixMs: number): string =>
  `fromUnixTimestamp64Milli(toInt64(${Math.trunc(unixMs)}))`;

/** From `fromMs` up to, not including, `toMs`; Unix milliseconds. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A condition on a bare time column, so that parts, partitions and the primary key are pruned by it. */
export const inRange = ({ fromMs, toMs }: TimeRange, column = 'time'): string =>
  `${column} >= ${timeText(fromMs)} AND ${column} < ${timeText(toMs)}`;

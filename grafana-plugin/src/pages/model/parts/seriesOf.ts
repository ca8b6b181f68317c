import type { SeriesPoint } from '../../../charts/bandPath';
import { numberOf, type Row, textOf, timeOf } from '../../../queries/rowsOf';

export interface NamedPoints {
  readonly name: string;
  readonly points: readonly SeriesPoint[];
}

/** Which columns hold the value and, where there is an interval, its bounds. */
export interface ValueColumns {
  readonly value: string;
  readonly low?: string;
  readonly high?: string;
}

const bound = (row: Row, column: string | undefined): number | null =>
  column === undefined ? null : numberOf(row, column);

const pointOf = (row: Row, { value, low, high }: ValueColumns): SeriesPoint | undefined => {
  const timeMs = timeOf(row, 'at');
  return timeMs === null
    ? undefined
    : { timeMs, value: numberOf(row, value), low: bound(row, low), high: bound(row, high) };
};

/** One series for each text of a column, in the order in which they first appear; rows are ascending by time. */
export const seriesBy = (
  rows: readonly Row[],
  label: string,
  columns: ValueColumns = { value: 'value' },
): readonly NamedPoints[] => {
  const series = new Map<string, SeriesPoint[]>();
  for (const row of rows) {
    const point = pointOf(row, columns);
    if (point === undefined) continue;
    const name = textOf(row, label);
    const points = series.get(name) ?? [];
    points.push(point);
    series.set(name, points);
  }
  return [...series].map(([name, points]) => ({ name, points }));
};

/** One series for each column. */
export const seriesOfColumns = (
  rows: readonly Row[],
  columns: readonly string[],
): readonly NamedPoints[] =>
  columns.map((column) => ({
    name: column,
    points: rows.flatMap((row) => pointOf(row, { value: column }) ?? []),
  }));

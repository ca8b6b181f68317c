import type { TimeRange } from './timeText';

/** The start of a window, with the rows that its computation will read at least. */
export interface WindowLoad {
  readonly startMs: number;
  readonly rows: number;
}

export interface SliceLimits {
  readonly widthMs: number;
  readonly maxRows: number;
}

export interface Slice extends TimeRange {
  readonly starts: readonly number[];
}

const DAY_MS = 86_400_000;

const sliceOf = (starts: readonly number[], widthMs: number): Slice => ({
  fromMs: Math.min(...starts),
  toMs: Math.max(...starts) + widthMs,
  starts,
});

/**
 * Cuts windows, in the order given (rising or falling), into ranges for one statement each: of one day, because a day is
 * a partition and one insert into one partition becomes visible at once, and of bounded work. A single window may exceed
 * the limit.
 */
export function packSlices(loads: readonly WindowLoad[], limits: SliceLimits): Slice[] {
  const slices: Slice[] = [];
  let starts: number[] = [];
  let rows = 0;
  for (const load of loads) {
    const otherDay =
      starts.length > 0 && Math.floor(starts[0]! / DAY_MS) !== Math.floor(load.startMs / DAY_MS);
    if (starts.length > 0 && (otherDay || rows + load.rows > limits.maxRows)) {
      slices.push(sliceOf(starts, limits.widthMs));
      starts = [];
      rows = 0;
    }
    starts.push(load.startMs);
    rows += load.rows;
  }
  if (starts.length > 0) slices.push(sliceOf(starts, limits.widthMs));
  return slices;
}

/** Two halves of a slice that was too much for one statement; undefined when it is a single window. */
export function halve(slice: Slice, widthMs: number): [Slice, Slice] | undefined {
  const { starts } = slice;
  if (starts.length < 2) return undefined;
  const middle = starts.length >> 1;
  return [sliceOf(starts.slice(0, middle), widthMs), sliceOf(starts.slice(middle), widthMs)];
}

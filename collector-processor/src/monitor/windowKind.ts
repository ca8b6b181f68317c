import type { Source } from './lookAround';
import type { Statements } from './statements';
import type { TimeRange } from './timeText';

/** A kind of replaceable windows: a table whose rows are computed from those of another one, and how. */
export interface WindowKind {
  /** `traffic`, … */
  readonly name: string;
  /**
   * Where they are stored. Has tenant, environment, model, version, `time` (start of the window) and `computed_at`;
   * of two rows with one key the one with the higher version stays.
   */
  readonly table: string;
  /** The table, or a query in parentheses, whose `time` says which windows there are to compute first. */
  readonly source: string;
  /** The tables whose rows `changed` is about, and those without whose rows there are no windows. */
  readonly sources: readonly Source[];
  readonly needs: readonly Source[];
  readonly widthMs: number;
  /** Rows of the source that one computation should read at most. */
  readonly maxRows: number;
  /**
   * A query of tenant, environment, model, version, `moment` and `written_at`: the rows of the range that were written
   * after a time, or whose meaning changed by others that were.
   */
  changed(range: TimeRange, sinceMs: number): string;
  /**
   * Computes the windows of a range again. `windows`: a subquery of (tenant, environment, model, version, time) that names
   * those to compute; without it all are. Doing it twice, or in two replicas, is harmless.
   */
  compute(statements: Statements, range: TimeRange, windows?: string): Promise<void>;
}

/** Start of the window that a time belongs to, as SQL over a column of the source. */
export const windowStart = ({ widthMs }: WindowKind, column = 'time'): string =>
  `toDateTime64(toStartOfInterval(${column}, toIntervalSecond(${widthMs / 1000})), 3)`;

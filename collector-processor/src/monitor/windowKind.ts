import type { TimeRange } from './timeText';

/** A kind of replaceable windows: a table whose rows are computed from `ml_inferences`, and how. */
export interface WindowKind {
  /** `traffic`, … */
  readonly name: string;
  /**
   * Where they are stored. Has tenant, environment, model, version, `time` (start of the window) and `computed_at`;
   * of two rows with one key the one with the higher version stays.
   */
  readonly table: string;
  readonly widthMs: number;
  /**
   * Statements that compute the windows of a range again. `windows`: a subquery of (tenant, environment, model, version,
   * time) that names those to compute; without it all are. Running them twice, or in two replicas, is harmless.
   */
  statements(range: TimeRange, windows?: string): readonly string[];
}

/** Start of the window that a time belongs to, as SQL over a column of `ml_inferences`. */
export const windowStart = ({ widthMs }: WindowKind, column = 'time'): string =>
  `toDateTime64(toStartOfInterval(${column}, toIntervalSecond(${widthMs / 1000})), 3)`;

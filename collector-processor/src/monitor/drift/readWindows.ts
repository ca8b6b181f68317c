import { quoteTexts } from '../quoteText';
import type { Statements } from '../statements';
import { inRange, type TimeRange } from '../timeText';
import type { FeatureCounts, FeatureWindow } from './featureCounts';
import { type ModelVersion, UNIT, unitsIn } from './driftUnit';

/** One hour of one feature, on one version of its bins. */
export interface HourRow extends ModelVersion, FeatureWindow {
  readonly segment: string;
  readonly feature: string;
  readonly binsVersion: number;
  /** Upper and lower half of a `drift_version`. */
  readonly newest: string;
  readonly rowsRead: string;
}

/** JSON has no infinities: they come as null. */
export interface RawCounts {
  readonly counts: readonly number[];
  readonly sums: readonly (number | null)[];
  readonly sum: number | null;
  readonly sumSquares: number | null;
}

/** The same rows, with NaN for what JSON could not tell. Changed in place: there are many of them, and nobody else has them. */
export function filled<Row extends RawCounts>(rows: Row[]): (Row & FeatureCounts)[] {
  for (const row of rows as Writable<RawCounts>[]) {
    row.sum ??= NaN;
    row.sumSquares ??= NaN;
    if (row.sums.includes(null)) row.sums = row.sums.map((value) => value ?? NaN);
  }
  return rows as (Row & FeatureCounts)[];
}

type Writable<Row> = { -readonly [Key in keyof Row]: Row[Key] };

export const hourOf = (column: string): string =>
  `toDateTime64(toStartOfInterval(${column}, toIntervalSecond(3600)), 3)`;

/** The hours of a range, merged of their windows, in order of time and then of version; of all features unless some are named. */
export async function readWindows(
  statements: Statements,
  units: readonly ModelVersion[],
  range: TimeRange,
  features?: readonly string[],
): Promise<HourRow[]> {
  const named = features === undefined ? '' : ` AND feature IN ${quoteTexts(features)}`;
  const rows = await statements.read<HourRow & RawCounts>(
    `SELECT ${UNIT}, segment, feature, toUnixTimestamp64Milli(${hourOf('window.time')}) AS timeMs, bins_version AS binsVersion,
  sumForEach(window.counts) AS counts, sumForEach(window.sums) AS sums, sum(window.sum) AS sum, sum(window.sum_squares) AS sumSquares,
  toString(max(bitShiftRight(window_version, 64))) AS newest, toString(sum(bitAnd(window_version, toUInt128(18446744073709551615)))) AS rowsRead
FROM ml_feature_windows AS window FINAL
WHERE ${inRange(range, 'window.time')} AND ${unitsIn(units)}${named}
GROUP BY ${UNIT}, segment, feature, timeMs, binsVersion
ORDER BY timeMs, ${UNIT}`,
  );
  return filled(rows);
}

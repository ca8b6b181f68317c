import type { Statements } from '../statements';
import { inRange, timeText } from '../timeText';
import { type ModelVersion, UNIT } from './driftUnit';
import { hourOf } from './readWindows';

/** A version with something to decide. */
export interface DirtyUnit extends ModelVersion {
  /** The first hour to decide, Unix milliseconds. */
  readonly fromMs: number;
  /** Features of an hour, those of each segment counted. */
  readonly features: number;
}

export interface DirtyRange {
  /** Hours to look at. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Windows computed before were looked at. */
  readonly sinceMs: number;
}

/** Versions with an hour whose windows are newer than what was decided, and the first such hour. */
export const findDirtyUnits = (
  statements: Statements,
  { fromMs, toMs, sinceMs }: DirtyRange,
): Promise<DirtyUnit[]> => {
  const range = inRange({ fromMs, toMs });
  return statements.read<DirtyUnit>(
    `SELECT ${UNIT}, toUnixTimestamp64Milli(min(made.hour)) AS fromMs, max(made.features) AS features
FROM (
  SELECT ${UNIT}, ${hourOf('time')} AS hour, max(computed_at) AS newest, uniq(segment, feature) AS features
  FROM ml_feature_windows
  WHERE ${range} AND computed_at >= ${timeText(sinceMs)}
  GROUP BY ${UNIT}, hour
) AS made
LEFT JOIN (
  SELECT ${UNIT}, time AS hour, max(computed_at) AS decided FROM ml_drift WHERE ${range} AND feature = '' GROUP BY ${UNIT}, hour
) AS old USING (${UNIT}, hour)
WHERE old.decided <= made.newest
GROUP BY ${UNIT}
ORDER BY ${UNIT}`,
  );
};

const HOUR_MS = 3_600_000;
/** Units are named in the text of a statement. */
const MOST_UNITS = 1_000;

/** Cuts units into lists for one statement each: at most so many rows of an hour's feature, a single unit may exceed it. */
export function packUnits(
  units: readonly DirtyUnit[],
  { toMs, sliceMs, maxRows }: { toMs: number; sliceMs: number; maxRows: number },
): DirtyUnit[][] {
  const packs: DirtyUnit[][] = [];
  let rows = Infinity;
  for (const unit of units) {
    const own = (unit.features * Math.min(sliceMs, toMs - unit.fromMs)) / HOUR_MS;
    if (rows + own > maxRows || packs.at(-1)!.length === MOST_UNITS) {
      packs.push([]);
      rows = 0;
    }
    packs.at(-1)!.push(unit);
    rows += own;
  }
  return packs;
}

import { keyOf, type ModelVersion, UNIT, unitKey, unitsIn } from '../drift/driftUnit';
import type { Statements } from '../statements';
import { inRange, type TimeRange } from '../timeText';
import type { EarlierCount } from './checkCount';

/** A row of `ml_quality` as later hours need it. */
export interface StoredCheck {
  readonly timeMs: number;
  readonly violations: number;
  readonly n: number;
  readonly evidence: number;
}

interface StoredRow extends ModelVersion, StoredCheck {
  readonly feature: string;
  readonly check: string;
}

export const checkKey = (feature: string, check: string): string => keyOf(feature, check);
/** The row of the hour as a whole. */
const SUMMARY = checkKey('', '');
const MISSING = 'missing';

/** What was decided of a version before, by check; the hours that are decided now are added. */
export class CheckHistory {
  private readonly rows = new Map<string, Map<number, StoredCheck>>();
  private readonly features = new Map<string, number>();

  add(feature: string, check: string, row: StoredCheck): void {
    const key = checkKey(feature, check);
    let hours = this.rows.get(key);
    if (hours === undefined) this.rows.set(key, (hours = new Map<number, StoredCheck>()));
    hours.set(row.timeMs, row);
    if (check === MISSING && row.violations < row.n) {
      this.features.set(feature, Math.max(this.features.get(feature) ?? 0, row.timeMs));
    }
  }

  /** Checks with a row at this hour, as `[feature, check]`. */
  keysAt(timeMs: number): [string, string][] {
    return [...this.rows]
      .filter(([, hours]) => hours.has(timeMs))
      .map(([key]) => JSON.parse(key) as [string, string]);
  }

  /** Counts of a check in the hours of a range. An hour that was decided and has no row for it had no violation. */
  counts(feature: string, check: string, { fromMs, toMs }: TimeRange): EarlierCount[] {
    const own = this.rows.get(checkKey(feature, check));
    const found: EarlierCount[] = [];
    for (const { timeMs, n } of this.rows.get(SUMMARY)?.values() ?? []) {
      if (timeMs < fromMs || timeMs >= toMs) continue;
      const row = own?.get(timeMs);
      found.push({ timeMs, count: row?.violations ?? 0, n: row?.n ?? n });
    }
    return found.sort((a, b) => a.timeMs - b.timeMs);
  }

  /** Evidence of the last hour before, no further back than `forgetMs`. */
  evidence(feature: string, check: string, timeMs: number, forgetMs: number): number {
    let last: StoredCheck | undefined;
    for (const row of this.rows.get(checkKey(feature, check))?.values() ?? []) {
      if (
        row.timeMs < timeMs &&
        row.timeMs >= timeMs - forgetMs &&
        row.timeMs > (last?.timeMs ?? -1)
      )
        last = row;
    }
    return last?.evidence ?? 0;
  }

  /** Features that were told in the time before. */
  featuresSince(fromMs: number): Set<string> {
    return new Set([...this.features].filter(([, at]) => at >= fromMs).map(([feature]) => feature));
  }
}

/** What was decided of these versions in a range. Rows that say no more than the row of their hour are left out. */
export async function readHistory(
  statements: Statements,
  units: readonly ModelVersion[],
  range: TimeRange,
): Promise<Map<string, CheckHistory>> {
  const histories = new Map(units.map((unit) => [unitKey(unit), new CheckHistory()]));
  const rows = await statements.read<StoredRow>(
    `SELECT ${UNIT}, feature, check, toUnixTimestamp64Milli(time) AS timeMs, violations, n, evidence
FROM ml_quality FINAL
WHERE ${inRange(range)} AND ${unitsIn(units)} AND (violations > 0 OR evidence > 1 OR check IN ('', '${MISSING}'))`,
  );
  for (const row of rows) histories.get(unitKey(row))?.add(row.feature, row.check, row);
  return histories;
}

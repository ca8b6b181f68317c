import type { ModelContract } from '../../core/contract';
import { UNIT, unitKey } from '../drift/driftUnit';
import { groupBy } from '../groupBy';
import type { StoredBaseline } from '../drift/readBaselines';
import { hourOf } from '../drift/readWindows';
import type { Statements } from '../statements';
import { inRange, timeText } from '../timeText';
import { decideHour, judgeArrivals, judgeCounts } from './decideHour';
import type { ToldFeature } from './featureChecks';
import { contractsOf, hourChecks } from './hourChecks';
import { qualityRows } from './qualityRows';
import type { QualitySettings } from './qualitySettings';
import { checkKey } from './qualityStore';
import type { FeatureFacts, HourFacts } from './readFacts';
import {
  type DirtyHour,
  hourKey,
  type Known,
  readKnown,
  readSlice,
  type Slice,
} from './readQuality';

export interface QualityPassSettings extends QualitySettings {
  /** How long after its end an hour is evaluated first, milliseconds. */
  readonly watermarkMs: number;
  /** Windows computed longer ago are not looked at again when the job starts, milliseconds. */
  readonly latenessMs: number;
  /** The longest that an insert of windows may take until it is visible. */
  readonly settleMs: number;
  /** Versions that are looked at together, and hours of one statement. */
  readonly unitsPerStatement: number;
  readonly hoursPerStatement: number;
  readonly contracts: readonly ModelContract[];
}

export interface QualityPassReport {
  readonly hours: number;
  readonly pages: number;
}

const DAY_MS = 86_400_000;
/** A version that sent nothing for longer is not missed any more. */
const MISSED_MS = 7 * DAY_MS;

/**
 * Decides about the data of hours that are new or whose rows changed, of all versions, with a number of statements that does
 * not depend on the number of features. All state is in the store; two replicas that do the same write the same. Hours
 * after one that changed are not decided again: their evidence stays what it was when they were.
 */
export class QualityPass {
  private readonly statements: Statements;
  private readonly settings: QualityPassSettings;
  /** No hour has windows that were computed before and are not evaluated. */
  private settledUntil: number | undefined;

  constructor(statements: Statements, settings: QualityPassSettings) {
    this.statements = statements;
    this.settings = settings;
  }

  /** `nowMs` is the engine's clock. */
  async run(nowMs: number): Promise<QualityPassReport> {
    const { windowMs, watermarkMs, settleMs, unitsPerStatement } = this.settings;
    const toMs = Math.floor((nowMs - watermarkMs) / windowMs) * windowMs;
    const units = [...groupBy(await this.findDirty(nowMs, toMs), unitKey).values()];
    let [hours, pages] = [0, 0];
    for (let at = 0; at < units.length; at += unitsPerStatement) {
      const done = await this.evaluate(units.slice(at, at + unitsPerStatement).flat());
      hours += done.hours;
      pages += done.pages;
    }
    // An hour that is still open is not settled: it is looked at again when it is over.
    this.settledUntil = Math.min(nowMs - settleMs, toMs);
    return { hours, pages };
  }

  /**
   * Hours whose windows are newer than what was decided, and hours without rows since a version sent its last: silence has no
   * windows.
   */
  private findDirty(nowMs: number, toMs: number): Promise<DirtyHour[]> {
    const since = timeText(this.settledUntil ?? nowMs - this.settings.latenessMs);
    const range = inRange({ fromMs: nowMs - this.settings.latenessMs, toMs });
    const stepS = this.settings.windowMs / 1000;
    const made = (table: string): string => `
  SELECT ${UNIT}, ${hourOf('time')} AS hour, max(computed_at) AS newest FROM ${table}
  WHERE ${range} AND computed_at >= ${since}
  GROUP BY ${UNIT}, hour`;
    return this.statements.read<DirtyHour>(
      `SELECT ${UNIT}, toUnixTimestamp64Milli(made.hour) AS timeMs
FROM (
  SELECT ${UNIT}, hour, max(newest) AS newest
  FROM (${made('ml_traffic_windows')}
  UNION ALL ${made('ml_feature_windows')}
  UNION ALL
  SELECT ${UNIT}, last + toIntervalSecond(${stepS} * (1 + step)) AS hour, toDateTime64(0, 3) AS newest
  FROM (
    SELECT ${UNIT}, max(${hourOf('traffic.time')}) AS last FROM ml_traffic_windows AS traffic
    WHERE ${inRange({ fromMs: toMs - MISSED_MS, toMs }, 'traffic.time')} AND traffic.rows > 0 AND model != ''
    GROUP BY ${UNIT}
  )
  ARRAY JOIN range(toUInt32(greatest(0, (toUnixTimestamp64Milli(${timeText(toMs)}) - toUnixTimestamp64Milli(last)) / 1000 / ${stepS} - 1))) AS step)
  GROUP BY ${UNIT}, hour
) AS made
LEFT JOIN (
  SELECT ${UNIT}, time AS hour, max(computed_at) AS decided FROM ml_quality WHERE ${range} AND check = '' GROUP BY ${UNIT}, hour
) AS old USING (${UNIT}, hour)
WHERE old.decided <= made.newest
ORDER BY ${UNIT}, timeMs`,
    );
  }

  private async evaluate(dirty: readonly DirtyHour[]): Promise<QualityPassReport> {
    const { windowMs, hoursPerStatement } = this.settings;
    const times = [...new Set(dirty.map(({ timeMs }) => timeMs))].sort((a, b) => a - b);
    const known = await readKnown(
      this.statements,
      this.settings,
      [...new Map(dirty.map((one) => [unitKey(one), one])).values()],
      times,
    );
    let [hours, pages] = [0, 0];
    for (let at = 0; at < times.length;) {
      const fromMs = times[at]!;
      let end = at;
      while (end < times.length && times[end]! < fromMs + hoursPerStatement * windowMs) end++;
      const toMs = times[end - 1]! + windowMs;
      const open = dirty.filter(({ timeMs }) => timeMs >= fromMs && timeMs < toMs);
      const slice = await readSlice(this.statements, open, { fromMs, toMs }, known);
      const rows: object[] = [];
      for (const hour of open.toSorted((a, b) => a.timeMs - b.timeMs)) {
        const decided = this.decide(hour, slice, known);
        pages += decided.pages;
        hours++;
        rows.push(...decided.rows);
      }
      await this.statements.insert('ml_quality', rows);
      at = end;
    }
    return { hours, pages };
  }

  private decide(unit: DirtyHour, slice: Slice, known: Known): { rows: object[]; pages: number } {
    const { settings } = this;
    const { timeMs } = unit;
    const key = hourKey(unit, timeMs);
    const hour = slice.hours.find((one) => hourKey(one, one.timeMs) === key);
    const history = known.histories.get(unitKey(unit))!;
    const contracts = contractsOf(settings.contracts, unit);
    const context = { unit, timeMs, history, settings };
    const baselines = known.baselineOf(unit);
    const reference = [...baselines.values()].reduce<StoredBaseline | undefined>(
      (longest, one) =>
        longest === undefined || one.toMs - one.fromMs > longest.toMs - longest.fromMs
          ? one
          : longest,
      undefined,
    );
    const n = hour?.n ?? 0;
    // Rows that were there and are gone say nothing: their time has passed.
    if (hour === undefined && known.traffic.rows(unit, timeMs) > 0) return { rows: [], pages: 0 };
    const outliersExpected = new Map<string, number>();
    for (const [feature, one] of baselines) {
      const fence = known.fences.get(one);
      if (fence !== undefined) outliersExpected.set(feature, fence.beyond);
    }
    const counts =
      n === 0
        ? []
        : hourChecks({
            ...{ n, baselines, outliersExpected, contracts },
            ...{ rowsWithFeatures: hour!.told, differentRows: hour!.different },
            told: new Map(
              (slice.features.get(key) ?? []).map((row) => [
                row.feature,
                toldOf(row, slice.fresh.get(`${key} ${row.feature}`)),
              ]),
            ),
            earlierFeatures: history.featuresSince(timeMs - DAY_MS),
            violations: slice.violations.get(key) ?? new Map<string, number>(),
          });
    const arrivals = judgeArrivals(
      context,
      known.traffic,
      { n, lastMs: hour?.lastMs ?? 0 },
      contracts,
    );
    const decided = decideHour([...judgeCounts(context, counts, reference), ...arrivals], settings);
    const stored = new Set(
      history.keysAt(timeMs).map(([feature, check]) => checkKey(feature, check)),
    );
    stored.delete(checkKey('', ''));
    const qualityVersion = versionOf(hour);
    const place = { unit, timeMs, n, windowMinutes: settings.windowMs / 60_000, qualityVersion };
    const rows = qualityRows(place, decided, stored);
    for (const row of rows) history.add(row.feature, row.check, row);
    return { rows: rows.map(({ columns }) => columns), pages: Number(decided.decision.page) };
  }
}

const toldOf = (row: FeatureFacts, fresh: number | undefined): ToldFeature => ({
  feature: row.feature,
  numbers: row.numbers,
  texts: row.texts,
  outliers: row.outliers,
  outside: row.outside,
  same: row.same === 1,
  fresh,
});

/** Newest write in the upper 64 bits, rows read in the lower ones: of two states of an hour the fuller one stays. */
const versionOf = (hour: HourFacts | undefined): string =>
  hour === undefined ? '0' : String((BigInt(hour.newest) << 64n) + BigInt(hour.rowsRead));

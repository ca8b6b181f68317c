import type { Statements } from '../statements';
import { inRange, timeText } from '../timeText';
import { driftRows } from './driftRows';
import type { DriftSettings } from './driftSettings';
import { keyOf, type ModelVersion, UNIT, unitKey, unitsIn } from './driftUnit';
import { evaluateFeature } from './evaluateFeature';
import { type EvaluatedFeature, evaluateModel } from './evaluateModel';
import { baselineFinder, readBaselines } from './readBaselines';
import { groupBy } from '../groupBy';
import { type HourRow, hourOf, readWindows } from './readWindows';
import { ReferenceCache } from './referenceCache';
import { modelKey, unreadyModels } from './unreadyModels';

export interface DriftPassSettings extends DriftSettings {
  /** How long after its end an hour is evaluated first, milliseconds: its windows have to be made before. */
  readonly watermarkMs: number;
  /** Windows computed longer ago are not looked at again when the job starts, milliseconds. */
  readonly latenessMs: number;
  /** The longest that an insert of windows may take until it is visible. */
  readonly settleMs: number;
  /** Versions whose windows are read together. */
  readonly unitsPerStatement: number;
}

export interface DriftPassReport {
  readonly hours: number;
  readonly pages: number;
}

interface DirtyUnit extends ModelVersion {
  readonly fromMs: number;
}

/** Evidence older than this is not carried on. */
const FORGET_MS = 7 * 86_400_000;
/** Hours of one statement. */
const SLICE_MS = 86_400_000;

/**
 * Evaluates hours whose windows are new or were computed again, and all later hours of the same model, because evidence
 * goes on from hour to hour. All state is in the store; two replicas that do the same write the same.
 */
export class DriftPass {
  private readonly statements: Statements;
  private readonly settings: DriftPassSettings;
  private readonly references: ReferenceCache;
  /** No hour has windows that were computed before and are not evaluated. */
  private settledUntil: number | undefined;

  constructor(statements: Statements, settings: DriftPassSettings) {
    this.statements = statements;
    this.settings = settings;
    this.references = new ReferenceCache(statements, settings);
  }

  /** `nowMs` is the engine's clock. */
  async run(nowMs: number): Promise<DriftPassReport> {
    const { windowMs, watermarkMs, settleMs, unitsPerStatement } = this.settings;
    const toMs = Math.floor((nowMs - watermarkMs) / windowMs) * windowMs;
    const dirty = await this.findDirty(nowMs, toMs);
    let [hours, pages] = [0, 0];
    let isAll = true;
    for (let at = 0; at < dirty.length; at += unitsPerStatement) {
      const units = dirty.slice(at, at + unitsPerStatement);
      const done = await this.evaluate(units, nowMs, toMs);
      hours += done.hours;
      pages += done.pages;
      isAll &&= done.isAll;
    }
    if (!isAll) return { hours, pages };
    // An hour that is still open is not settled: its windows are looked at again when it is over.
    this.settledUntil = Math.min(nowMs - settleMs, toMs);
    return { hours, pages };
  }

  /** Versions with an hour whose windows are newer than what was decided, and the first such hour. */
  private findDirty(nowMs: number, toMs: number): Promise<DirtyUnit[]> {
    const since = this.settledUntil ?? nowMs - this.settings.latenessMs;
    const range = inRange({ fromMs: nowMs - this.settings.latenessMs, toMs });
    return this.statements.read<DirtyUnit>(
      `SELECT ${UNIT}, toUnixTimestamp64Milli(min(made.hour)) AS fromMs
FROM (
  SELECT ${UNIT}, ${hourOf('time')} AS hour, max(computed_at) AS newest
  FROM ml_feature_windows
  WHERE ${range} AND computed_at >= ${timeText(since)}
  GROUP BY ${UNIT}, hour
) AS made
LEFT JOIN (
  SELECT ${UNIT}, time AS hour, max(computed_at) AS decided FROM ml_drift WHERE ${range} AND feature = '' GROUP BY ${UNIT}, hour
) AS old USING (${UNIT}, hour)
WHERE old.decided <= made.newest
GROUP BY ${UNIT}
ORDER BY ${UNIT}`,
    );
  }

  private async evaluate(
    asked: readonly DirtyUnit[],
    nowMs: number,
    toMs: number,
  ): Promise<DriftPassReport & { readonly isAll: boolean }> {
    const baselines = await readBaselines(this.statements, asked);
    const unready = await unreadyModels(this.statements, baselines, nowMs, this.settings);
    const units = asked.filter((unit) => !unready.has(modelKey(unit)));
    const isAll = units.length === asked.length;
    if (units.length === 0) return { hours: 0, pages: 0, isAll };
    const fromMs = Math.min(...units.map((unit) => unit.fromMs));
    const evidence = await this.readEvidence(units);
    const finder = baselineFinder(baselines);
    let [hours, pages] = [0, 0];
    for (let sliceMs = fromMs; sliceMs < toMs; sliceMs += SLICE_MS) {
      const range = { fromMs: sliceMs, toMs: Math.min(toMs, sliceMs + SLICE_MS) };
      const open = units.filter((unit) => unit.fromMs < range.toMs);
      const windows = await readWindows(this.statements, open, range);
      const used = windows.flatMap((row) => finder(row, row.segment, row.feature) ?? []);
      const referenceOf = await this.references.referencesOf([...new Set(used)]);
      const rows: object[] = [];
      for (const [unit, own] of hoursOf(open, windows)) {
        const decided = this.decideHour(unit, own, evidence, (row) => {
          const baseline = finder(row, row.segment, row.feature);
          if (baseline === undefined) return undefined;
          return baseline.binsVersion === row.binsVersion ? referenceOf(baseline) : undefined;
        });
        hours++;
        pages += decided.pages;
        rows.push(...decided.rows);
      }
      await this.statements.insert('ml_drift', rows);
    }
    return { hours, pages, isAll };
  }

  /** All segments of one hour of a version. */
  private decideHour(
    unit: ModelVersion,
    own: readonly HourRow[],
    evidence: Map<string, readonly number[]>,
    referenceOf: (
      row: HourRow,
    ) => ReturnType<Awaited<ReturnType<ReferenceCache['referencesOf']>>> | undefined,
  ): { rows: object[]; pages: number } {
    const segments = groupBy(own, ({ segment }) => segment);
    const driftVersion = versionOf(own);
    const rows: object[] = [];
    let pages = 0;
    for (const [segment, ofSegment] of segments) {
      const features = [...groupBy(ofSegment, ({ feature }) => feature)].map(
        ([feature, several]): EvaluatedFeature => {
          // Around a change of bins an hour has windows on both: those of the baseline count.
          const row = several.find((one) => referenceOf(one) !== undefined) ?? several[0]!;
          const before = evidence.get(keyOf(unitKey(unit), segment, feature)) ?? [];
          return {
            feature,
            before,
            verdict: evaluateFeature(referenceOf(row), row, this.settings),
          };
        },
      );
      const decision = evaluateModel(features, segments.size, this.settings);
      for (const { feature, streams } of decision.features) {
        evidence.set(keyOf(unitKey(unit), segment, feature), streams);
      }
      if (decision.page) pages++;
      const timeMs = own[0]!.timeMs;
      const windowMinutes = this.settings.windowMs / 60_000;
      rows.push(...driftRows({ unit, segment, timeMs, windowMinutes, driftVersion }, decision));
    }
    return { rows, pages };
  }

  /** Evidence of the last hour before the first to evaluate, by version, segment and feature. */
  private async readEvidence(units: readonly DirtyUnit[]): Promise<Map<string, readonly number[]>> {
    const fromMs = Math.min(...units.map((unit) => unit.fromMs)) - FORGET_MS;
    const toMs = Math.max(...units.map((unit) => unit.fromMs));
    const before = units
      .map((unit) => `(${unitsIn([unit])} AND ${inRange({ fromMs, toMs: unit.fromMs })})`)
      .join(' OR ');
    const rows = await this.statements.read<
      ModelVersion & { segment: string; feature: string; streams: number[] }
    >(
      `SELECT ${UNIT}, segment, feature, argMax(evidence_streams, time) AS streams
FROM ml_drift FINAL
WHERE ${inRange({ fromMs, toMs })} AND feature != '' AND (${before})
GROUP BY ${UNIT}, segment, feature`,
    );
    return new Map(
      rows.map((row) => [keyOf(unitKey(row), row.segment, row.feature), row.streams] as const),
    );
  }
}

/** Windows by version and hour, in order of time; not the hours before a version's first dirty one. */
function hoursOf(
  units: readonly DirtyUnit[],
  windows: readonly HourRow[],
): [ModelVersion, HourRow[]][] {
  const from = new Map(units.map((unit) => [unitKey(unit), unit.fromMs]));
  const wanted = windows.filter((row) => row.timeMs >= from.get(unitKey(row))!);
  const groups = groupBy(wanted, (row) => `${row.timeMs} ${unitKey(row)}`);
  return [...groups.values()].map((rows) => [rows[0]!, rows]);
}

/** Newest write in the upper 64 bits, rows read in the lower ones: of two states of an hour the fuller one stays. */
function versionOf(rows: readonly HourRow[]): string {
  let [newest, read] = [0n, 0n];
  for (const row of rows) {
    const written = BigInt(row.newest);
    if (written > newest) newest = written;
    read += BigInt(row.rowsRead);
  }
  return String((newest << 64n) + BigInt.asUintN(64, read));
}

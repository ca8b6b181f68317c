import { setImmediate as othersTurn } from 'node:timers/promises';
import type { HourPass } from '../passJob';
import type { Statements } from '../statements';
import { decideHour, type ReferredRow } from './decideHour';
import { type DirtyUnit, findDirtyUnits, packUnits } from './dirtyUnits';
import type { DriftSettings } from './driftSettings';
import { modelKey, unitKey } from './driftUnit';
import { baselineFinder, readBaselines } from './readBaselines';
import { Evidence, readEvidence } from './readEvidence';
import { type HourRow, readWindows } from './readWindows';
import { ReferenceCache } from './referenceCache';
import { unreadyModels } from './unreadyModels';

export interface DriftPassSettings extends DriftSettings {
  /** How long after its end an hour is evaluated first, milliseconds: its windows have to be made before. */
  readonly watermarkMs: number;
  /** Windows computed longer ago are not looked at again when the job starts, milliseconds. */
  readonly latenessMs: number;
  /** The longest that an insert of windows may take until it is visible. */
  readonly settleMs: number;
  /** Hours of features whose windows one statement reads. */
  readonly rowsPerStatement: number;
}

export interface DriftPassReport {
  readonly hours: number;
  readonly pages: number;
}

/** What is read of some versions before anything is decided of them. */
interface Prepared {
  readonly units: readonly DirtyUnit[];
  /** Whether all that were asked for are ready to be decided. */
  readonly isAll: boolean;
  readonly find: ReturnType<typeof baselineFinder>;
  /** Of the first slice. */
  readonly hours: readonly (readonly HourRow[])[];
  readonly evidence: Evidence;
  readonly fromMs: number;
}

/** Hours of one statement. */
const SLICE_MS = 86_400_000;

/**
 * Evaluates hours whose windows are new or were computed again, and all later hours of the same model, because evidence
 * goes on from hour to hour. All state is in the store; two replicas that do the same write the same.
 */
export class DriftPass implements HourPass {
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
    const { windowMs, watermarkMs, settleMs, latenessMs, rowsPerStatement } = this.settings;
    const toMs = Math.floor((nowMs - watermarkMs) / windowMs) * windowMs;
    const fromMs = nowMs - latenessMs;
    const sinceMs = this.settledUntil ?? fromMs;
    const dirty = await findDirtyUnits(this.statements, { fromMs, toMs, sinceMs });
    const packs = packUnits(dirty, { toMs, sliceMs: SLICE_MS, maxRows: rowsPerStatement });
    this.references.begin(nowMs);
    let [hours, pages] = [0, 0];
    let isAll = true;
    let next = packs.length > 0 ? this.prepare(packs[0]!, nowMs, toMs) : undefined;
    for (let at = 0; next !== undefined; at++) {
      const prepared: Prepared = await next;
      // The engine reads what comes next while this is decided.
      next = at + 1 < packs.length ? this.prepare(packs[at + 1]!, nowMs, toMs) : undefined;
      next?.catch(() => undefined);
      const done = await this.evaluate(prepared, toMs);
      hours += done.hours;
      pages += done.pages;
      isAll &&= prepared.isAll;
    }
    // An hour that is still open is not settled: its windows are looked at again when it is over.
    if (isAll) this.settledUntil = Math.min(nowMs - settleMs, toMs);
    return { hours, pages };
  }

  private async prepare(
    asked: readonly DirtyUnit[],
    nowMs: number,
    toMs: number,
  ): Promise<Prepared> {
    const baselines = await readBaselines(this.statements, asked);
    const unready = await unreadyModels(this.statements, baselines, nowMs, this.settings);
    const units = asked.filter((unit) => !unready.has(modelKey(unit)));
    const isAll = units.length === asked.length;
    const find = baselineFinder(baselines);
    const fromMs = Math.min(...units.map((unit) => unit.fromMs));
    if (units.length === 0)
      return { units, isAll, find, hours: [], evidence: new Evidence(), fromMs };
    const hours = await this.readSlice(units, fromMs, toMs);
    const evidence = await readEvidence(this.statements, units, hours, this.settings.windowMs);
    return { units, isAll, find, hours, evidence, fromMs };
  }

  private async readSlice(
    units: readonly DirtyUnit[],
    fromMs: number,
    endMs: number,
  ): Promise<HourRow[][]> {
    const toMs = Math.min(endMs, fromMs + SLICE_MS);
    const open = units.filter((unit) => unit.fromMs < toMs);
    return hoursOf(open, await readWindows(this.statements, open, { fromMs, toMs }));
  }

  private async evaluate(
    { units, find, hours: first, evidence, fromMs }: Prepared,
    toMs: number,
  ): Promise<DriftPassReport> {
    let [hours, pages] = [0, 0];
    for (let sliceMs = fromMs; sliceMs < toMs; sliceMs += SLICE_MS) {
      const slice = sliceMs === fromMs ? first : await this.readSlice(units, sliceMs, toMs);
      const rows: object[] = [];
      for (const own of await this.referTo(slice, find)) {
        const decided = decideHour(own[0]!.row, own, evidence, this.settings);
        hours++;
        pages += decided.pages;
        rows.push(...decided.rows);
        // A model has many features: what waits for this thread gets it in between.
        await othersTurn();
      }
      await this.statements.insert('ml_drift', rows);
    }
    return { hours, pages };
  }

  /** Hours with what each of their windows is compared with. */
  private async referTo(
    hours: readonly (readonly HourRow[])[],
    find: Prepared['find'],
  ): Promise<ReferredRow[][]> {
    const found = hours.map((rows) => {
      const baselineOf = find(rows[0]!);
      return rows.map((row) => {
        const baseline = baselineOf(row.segment, row.feature);
        return { row, baseline: baseline?.binsVersion === row.binsVersion ? baseline : undefined };
      });
    });
    const used = new Set(found.flatMap((rows) => rows.flatMap(({ baseline }) => baseline ?? [])));
    const referenceOf = await this.references.referencesOf([...used]);
    return found.map((rows) =>
      rows.map(({ row, baseline }) => ({
        row,
        reference: baseline === undefined ? undefined : referenceOf(baseline),
      })),
    );
  }
}

/** Windows by version and hour, in order of time; not the hours before a version's first dirty one. */
function hoursOf(units: readonly DirtyUnit[], windows: readonly HourRow[]): HourRow[][] {
  const from = new Map(units.map((unit) => [unitKey(unit), unit.fromMs]));
  const hours: HourRow[][] = [];
  let last: HourRow | undefined;
  for (const row of windows) {
    if (last !== undefined && isSameHour(last, row)) hours.at(-1)!.push(row);
    else hours.push([row]);
    last = row;
  }
  return hours.filter(([row]) => row!.timeMs >= from.get(unitKey(row!))!);
}

const isSameHour = (a: HourRow, b: HourRow): boolean =>
  a.timeMs === b.timeMs &&
  a.model === b.model &&
  a.version === b.version &&
  a.environment === b.environment &&
  a.tenant === b.tenant;

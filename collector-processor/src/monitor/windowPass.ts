import type { Look } from './lookAround';
import { halve, packSlices, type Slice, type WindowLoad } from './packSlices';
import { isTooMuch, type Statements } from './statements';
import { inRange, timeText, type TimeRange } from './timeText';
import { type WindowKind, windowStart } from './windowKind';

export interface WindowPassSettings {
  /** Rows written longer ago are not looked at again when the job starts, milliseconds. */
  readonly latenessMs: number;
  /** The longest that an insert may take from `written_at` to being visible, milliseconds. */
  readonly settleMs: number;
  /** How long after its end, beyond `settleMs`, a window is computed first, milliseconds: senders batch. */
  readonly graceMs: number;
  /** Days that rows are kept, null for ever: a window whose rows may be gone is never computed again. */
  readonly rawRetentionDays: number | null;
  /** Windows that one pass may find, and rows that one statement should read at most. */
  readonly maxWindowsPerPass: number;
  readonly maxRowsPerStatement: number;
}

export interface WindowPassReport {
  readonly windows: number;
  /** Rows of the source in (first computation) or new in (later ones) the windows. */
  readonly rows: number;
  /** False: more is waiting than one pass may do. */
  readonly complete: boolean;
}

const NOTHING: WindowPassReport = { windows: 0, rows: 0, complete: true };
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Computes the windows of one kind. Two things make work:
 *
 * - Time passes: windows that are over are computed once, in order, from the border upwards. The border is the end of the
 *   newest stored window, so views know where stored windows end and rows begin, and nothing else has to be kept.
 * - Rows arrive late: a window below the border is dirty when it has a row that was written after it was computed, and
 *   once more `settleMs` after its newest row was written, because an insert that began earlier may have become visible
 *   later. Newest windows first.
 */
export class WindowPass {
  private readonly kind: WindowKind;
  private readonly statements: Statements;
  private readonly settings: WindowPassSettings;
  /** Everything below was computed or empty when it was over. */
  private border = 0;
  /** No window has an uncomputed row that was written before. */
  private settledUntil: number | undefined;

  constructor(kind: WindowKind, statements: Statements, settings: WindowPassSettings) {
    this.kind = kind;
    this.statements = statements;
    this.settings = settings;
  }

  /** `nowMs` is the engine's clock, `look` no older. */
  async run(nowMs: number, look: Look): Promise<WindowPassReport> {
    const first = await this.computeFinished(nowMs, look);
    const late = await this.computeDirty(nowMs, look);
    return {
      windows: first.windows + late.windows,
      rows: first.rows + late.rows,
      complete: first.complete && late.complete,
    };
  }

  /** Windows that are over but not stored yet. */
  private async computeFinished(nowMs: number, look: Look): Promise<WindowPassReport> {
    const { widthMs, table, needs } = this.kind;
    const { settleMs, graceMs } = this.settings;
    const newest = look.newestMs(table);
    if (newest !== undefined) this.border = Math.max(this.border, newest + widthMs);
    const toMs = Math.floor((nowMs - settleMs - graceMs) / widthMs) * widthMs;
    const fromMs = Math.max(this.border, this.oldestMs(nowMs));
    if (fromMs >= toMs) return NOTHING;
    if (needs.some((source) => look.writtenMs(source) === 0)) {
      this.border = toMs;
      return NOTHING;
    }

    const loads = await this.statements.read<WindowLoad>(
      `SELECT toUnixTimestamp64Milli(${windowStart(this.kind)}) AS startMs, count() AS rows
FROM ${this.kind.source}
WHERE ${inRange({ fromMs, toMs })}
GROUP BY startMs
ORDER BY startMs
LIMIT ${this.settings.maxWindowsPerPass}`,
    );
    const complete = loads.length < this.settings.maxWindowsPerPass;
    await this.computeAll(loads);
    this.border = complete ? toMs : loads.at(-1)!.startMs + widthMs;
    return { ...totalOf(loads), complete };
  }

  /** Windows below the border with rows that came after they were computed. */
  private async computeDirty(nowMs: number, look: Look): Promise<WindowPassReport> {
    const since = this.settledUntil ?? nowMs - this.settings.latenessMs;
    const range = { fromMs: this.oldestMs(nowMs), toMs: this.border };
    if (range.fromMs >= range.toMs) return NOTHING;
    const settledMs = nowMs - this.settings.settleMs - this.settings.graceMs;
    if (this.kind.sources.every((source) => look.writtenMs(source) <= since)) {
      this.settledUntil = Math.max(since, settledMs);
      return NOTHING;
    }

    const loads = await this.findDirty(range, since, nowMs);
    await this.computeAll(
      loads,
      (slice) =>
        `SELECT tenant, environment, model, version, time FROM (${this.dirtyWindows(slice, since, nowMs)})`,
    );
    const complete = loads.length < this.settings.maxWindowsPerPass;
    // Rows of the last `settleMs` make their windows dirty once more; the rest is done.
    if (complete) this.settledUntil = settledMs;
    return { ...totalOf(loads), complete };
  }

  private async findDirty(range: TimeRange, since: number, nowMs: number): Promise<WindowLoad[]> {
    try {
      return await this.statements.read<WindowLoad>(
        `SELECT toUnixTimestamp64Milli(time) AS startMs, sum(new_rows) AS rows
FROM (${this.dirtyWindows(range, since, nowMs)})
GROUP BY startMs
ORDER BY startMs DESC
LIMIT ${this.settings.maxWindowsPerPass}`,
      );
    } catch (error) {
      // After a start the look back may be too long for one statement; a shorter one beats none for ever.
      if (isTooMuch(error)) this.settledUntil = since + (nowMs - since) / 2;
      throw error;
    }
  }

  private dirtyWindows(range: TimeRange, sinceMs: number, nowMs: number): string {
    const settled = `new.newest + toIntervalMillisecond(${this.settings.settleMs})`;
    return `SELECT new.tenant AS tenant, new.environment AS environment, new.model AS model, new.version AS version, new.time AS time, new.new_rows AS new_rows
FROM (
  SELECT tenant, environment, model, version, ${windowStart(this.kind, 'moment')} AS time, max(written_at) AS newest, count() AS new_rows
  FROM (${this.kind.changed(range, sinceMs)})
  GROUP BY tenant, environment, model, version, time
) AS new
LEFT JOIN (
  SELECT tenant, environment, model, version, time, max(computed_at) AS computed
  FROM ${this.kind.table}
  WHERE ${inRange(range)}
  GROUP BY tenant, environment, model, version, time
) AS old USING (tenant, environment, model, version, time)
WHERE old.computed <= new.newest OR (old.computed < ${settled} AND ${settled} <= ${timeText(nowMs)})`;
  }

  private async computeAll(
    loads: readonly WindowLoad[],
    windowsOf?: (slice: Slice) => string,
  ): Promise<void> {
    const { widthMs } = this.kind;
    const maxRows = Math.min(this.settings.maxRowsPerStatement, this.kind.maxRows);
    const waiting = packSlices(loads, { widthMs, maxRows });
    for (let slice = waiting.shift(); slice !== undefined; slice = waiting.shift()) {
      try {
        await this.kind.compute(this.statements, slice, windowsOf?.(slice));
      } catch (error) {
        const halves = halve(slice, widthMs);
        if (halves === undefined || !isTooMuch(error)) throw error;
        waiting.unshift(...halves);
      }
    }
  }

  /** Parts are dropped whole once all their rows are too old, so an hour of distance is enough. */
  private oldestMs(nowMs: number): number {
    const { rawRetentionDays } = this.settings;
    if (rawRetentionDays === null) return 0;
    const oldest = nowMs - rawRetentionDays * DAY_MS + HOUR_MS;
    return Math.ceil(oldest / this.kind.widthMs) * this.kind.widthMs;
  }
}

const totalOf = (loads: readonly WindowLoad[]): { windows: number; rows: number } => ({
  windows: loads.length,
  rows: loads.reduce((sum, { rows }) => sum + rows, 0),
});

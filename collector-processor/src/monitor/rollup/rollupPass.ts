import { isTooMuch, type Statements } from '../statements';
import { decideRollups } from './decideRollups';
import { groupBy } from '../groupBy';
import {
  type Candidate,
  readCandidates,
  readLinks,
  readTouched,
  readTraceRows,
  type StoredTraceRow,
  type TraceChange,
  type Touched,
  type WrittenRange,
  writeChanges,
} from './traceStore';

export interface RollupPassSettings {
  /** Rows written longer ago are not looked at again when the job starts, milliseconds. */
  readonly latenessMs: number;
  /** The longest that an insert may take from `written_at` to being visible, milliseconds. */
  readonly settleMs: number;
  /**
   * How far the other rows of a trace may lie in time from those that were written: at the first look, which is for rows
   * that come together, and at the second one, which reads more and is taken rarely. Milliseconds.
   */
  readonly nearMs: number;
  readonly farMs: number;
  /** Shortest time from one second look to the next, milliseconds. */
  readonly farEveryMs: number;
  /** Traces that are read and decided together. */
  readonly tracesPerPage: number;
  readonly maxTracesPerPass: number;
  /** A trace with more rows is left as it is. */
  readonly maxRowsPerTrace: number;
}

export interface RollupPassReport {
  readonly changed: number;
  /** Traces left as they are because they have too many rows. */
  readonly tooLarge: number;
  /** False: more is waiting than one pass may do. */
  readonly complete: boolean;
}

interface Work {
  readonly touched: Touched;
  readonly lookbackMs: number;
  after: Candidate | undefined;
}

/** Traces of less time than this are not cut further: they are given up, which the job tells. */
const MIN_TIMES_MS = 60_000;

const keyOf = ({ tenant, traceId }: { tenant: string; traceId: string }): string =>
  `${tenant}\n${traceId}`;

/**
 * Looks again at every trace that got rows: what the kind of an operation alone cannot tell (a container without calls,
 * one call told twice) is decided from the whole trace. Rows are looked at when they are written, and a second time when
 * `settleMs` have passed, because an insert that began earlier may have become visible in between.
 *
 * The decision is a function in TypeScript over a page of traces with a few columns, not SQL: it walks a tree. SQL only
 * finds the traces in which a rule could apply and writes the changed rows.
 */
export class RollupPass {
  private readonly statements: Statements;
  private readonly settings: RollupPassSettings;
  private lookedUntil: number | undefined;
  private lookedFarUntil: number | undefined;
  private work: Work[] = [];

  constructor(statements: Statements, settings: RollupPassSettings) {
    this.statements = statements;
    this.settings = settings;
  }

  /** `nowMs` is the engine's clock; `writtenMs`: when the newest row was written, where that is known. */
  async run(nowMs: number, writtenMs = Infinity): Promise<RollupPassReport> {
    const { tracesPerPage, maxTracesPerPass } = this.settings;
    if (this.work.length === 0) await this.findWork(nowMs, writtenMs);
    const report = { changed: 0, tooLarge: 0 };
    let allowed = maxTracesPerPass;
    for (let work = this.work[0]; work !== undefined; work = this.work[0]) {
      if (allowed <= 0) return { ...report, complete: false };
      const candidates = await this.readCandidates(work, allowed);
      if (candidates === undefined) continue;
      for (let from = 0; from < candidates.length; from += tracesPerPage) {
        const page = candidates.slice(from, from + tracesPerPage);
        const { changed, tooLarge } = await this.decidePage(page);
        report.changed += changed;
        report.tooLarge += tooLarge;
        work.after = page.at(-1);
      }
      if (candidates.length < allowed) this.work.shift();
      allowed -= candidates.length;
    }
    return { ...report, complete: true };
  }

  private async findWork(nowMs: number, writtenMs: number): Promise<void> {
    const { latenessMs, settleMs, nearMs, farMs, farEveryMs } = this.settings;
    const settledMs = nowMs - settleMs;
    this.lookedUntil ??= settledMs;
    this.lookedFarUntil ??= nowMs - latenessMs;

    if (writtenMs > this.lookedUntil)
      await this.addWork({ afterMs: this.lookedUntil, untilMs: nowMs }, nearMs);
    this.lookedUntil = nowMs;
    if (settledMs - this.lookedFarUntil < farEveryMs) return;
    try {
      if (writtenMs > this.lookedFarUntil)
        await this.addWork({ afterMs: this.lookedFarUntil, untilMs: settledMs }, farMs);
      this.lookedFarUntil = settledMs;
    } catch (error) {
      // After a start the look back may be too long for one statement; a shorter one beats none for ever.
      if (isTooMuch(error)) this.lookedFarUntil += (settledMs - this.lookedFarUntil) / 2;
      throw error;
    }
  }

  private async addWork(written: WrittenRange, lookbackMs: number): Promise<void> {
    for (const touched of await readTouched(this.statements, written)) {
      this.work.push({ touched, lookbackMs, after: undefined });
    }
  }

  /** Undefined: too much for one statement, now two pieces of work. */
  private async readCandidates(work: Work, limit: number): Promise<Candidate[] | undefined> {
    const { touched, lookbackMs, after } = work;
    try {
      return await readCandidates(this.statements, touched, { after, limit, lookbackMs });
    } catch (error) {
      if (!isTooMuch(error)) throw error;
      this.work.shift();
      const { written, times } = touched;
      const middleMs = Math.floor((times.fromMs + times.toMs) / 2);
      if (times.toMs - times.fromMs < MIN_TIMES_MS) throw error;
      for (const half of [
        { ...times, toMs: middleMs },
        { ...times, fromMs: middleMs },
      ]) {
        this.work.push({ touched: { written, times: half }, lookbackMs, after: undefined });
      }
      return undefined;
    }
  }

  private async decidePage(
    page: readonly Candidate[],
  ): Promise<{ changed: number; tooLarge: number }> {
    const { maxRowsPerTrace, farMs } = this.settings;
    const rows = await readTraceRows(this.statements, page, maxRowsPerTrace + 1);
    const traces = [...groupBy(rows, keyOf).values()];
    const whole = traces.filter((trace) => trace.length <= maxRowsPerTrace);
    const links = whole.some(needsLinks)
      ? groupBy(await readLinks(this.statements, page, farMs), ({ traceId }) => traceId)
      : new Map<string, never[]>();
    const changes = whole.flatMap((trace) => {
      const parents = new Map(
        (links.get(trace[0]!.traceId) ?? []).map(({ spanId, parentSpanId }) => [
          spanId,
          parentSpanId,
        ]),
      );
      return changesOf(trace, parents);
    });
    await writeChanges(this.statements, page, changes);
    return { changed: changes.length, tooLarge: traces.length - whole.length };
  }
}

/** Whether the chain from a row upwards leaves the rows. */
const needsLinks = (trace: readonly StoredTraceRow[]): boolean => {
  const spans = new Set(trace.map(({ spanId }) => spanId));
  return trace.some(({ parentSpanId }) => parentSpanId !== '' && !spans.has(parentSpanId));
};

/** A change must win over every row that was read, and lose against a later delivery, which has the time of its receipt. */
const changesOf = (
  trace: readonly StoredTraceRow[],
  parents: ReadonlyMap<string, string>,
): TraceChange[] => {
  const rowVersion = trace.reduce((newest, row) => Math.max(newest, row.rowVersion), 0) + 1;
  const { tenant, traceId } = trace[0]!;
  return decideRollups(trace, parents).map((change) => ({
    ...change,
    tenant,
    traceId,
    rowVersion,
  }));
};

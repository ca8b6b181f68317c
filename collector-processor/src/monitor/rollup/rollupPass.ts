import { isTooMuch, type Statements } from '../statements';
import { decideRollups } from './decideRollups';
import { groupBy } from './groupBy';
import {
  type Candidate,
  readCandidates,
  readLinks,
  readTouched,
  readTraceRows,
  type StoredTraceRow,
  type TraceChange,
  type Touched,
  writeChanges,
} from './traceStore';

export interface RollupPassSettings {
  /** Rows written longer ago are not looked at again when the job starts, milliseconds. */
  readonly latenessMs: number;
  /** The longest that an insert may take from `written_at` to being visible, milliseconds. */
  readonly settleMs: number;
  /** How far the other spans of a trace may lie from the one that was written, milliseconds. */
  readonly lookbackMs: number;
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
  after: Candidate | undefined;
}

/** Traces of less time than this are not cut further: they are given up, which the job tells. */
const MIN_TIMES_MS = 60_000;

const keyOf = ({ tenant, traceId }: { tenant: string; traceId: string }): string =>
  `${tenant}\n${traceId}`;

/**
 * Looks again at every trace that got rows: what the kind of an operation alone cannot tell (a container without calls,
 * one call told twice) is decided from the whole trace. Rows are looked at when they are written and once more
 * `settleMs` later, because an insert that began earlier may have become visible in between.
 *
 * The decision is a function in TypeScript over a page of traces with a few columns, not SQL: it walks a tree. SQL only
 * finds the traces in which a rule could apply and writes the changed rows.
 */
export class RollupPass {
  private readonly statements: Statements;
  private readonly settings: RollupPassSettings;
  private lookedUntil: number | undefined;
  private work: Work[] = [];

  constructor(statements: Statements, settings: RollupPassSettings) {
    this.statements = statements;
    this.settings = settings;
  }

  /** `nowMs` is the engine's clock. */
  async run(nowMs: number): Promise<RollupPassReport> {
    const { tracesPerPage, maxTracesPerPass } = this.settings;
    if (this.work.length === 0) await this.findWork(nowMs);
    const report = { changed: 0, tooLarge: 0 };
    let traces = 0;
    for (let work = this.work[0]; work !== undefined; work = this.work[0]) {
      if (traces >= maxTracesPerPass) return { ...report, complete: false };
      const page = await this.readPage(work);
      if (page === undefined) continue;
      if (page.length > 0) {
        const { changed, tooLarge } = await this.decidePage(page);
        report.changed += changed;
        report.tooLarge += tooLarge;
      }
      traces += page.length;
      work.after = page.at(-1);
      if (page.length < tracesPerPage) this.work.shift();
    }
    return { ...report, complete: true };
  }

  private async findWork(nowMs: number): Promise<void> {
    const { latenessMs, settleMs } = this.settings;
    const afterMs = this.lookedUntil ?? nowMs - latenessMs;
    const written = [
      { afterMs, untilMs: nowMs },
      { afterMs: afterMs - settleMs, untilMs: nowMs - settleMs },
    ];
    try {
      const touched = await readTouched(this.statements, written);
      this.work = touched.map((day) => ({ touched: day, after: undefined }));
      this.lookedUntil = nowMs;
    } catch (error) {
      // After a start the look back may be too long for one statement; a shorter one beats none for ever.
      if (isTooMuch(error)) this.lookedUntil = afterMs + (nowMs - afterMs) / 2;
      throw error;
    }
  }

  /** Undefined: too much for one statement, now two pieces of work. */
  private async readPage(work: Work): Promise<Candidate[] | undefined> {
    const { tracesPerPage, lookbackMs } = this.settings;
    const page = { after: work.after, limit: tracesPerPage, lookbackMs };
    try {
      return await readCandidates(this.statements, work.touched, page);
    } catch (error) {
      if (!isTooMuch(error)) throw error;
      const { written, times } = work.touched;
      const middleMs = Math.floor((times.fromMs + times.toMs) / 2);
      this.work.shift();
      if (times.toMs - times.fromMs < MIN_TIMES_MS) throw error;
      this.work.unshift(
        { touched: { written, times: { ...times, toMs: middleMs } }, after: undefined },
        { touched: { written, times: { ...times, fromMs: middleMs } }, after: undefined },
      );
      return undefined;
    }
  }

  private async decidePage(
    page: readonly Candidate[],
  ): Promise<{ changed: number; tooLarge: number }> {
    const { maxRowsPerTrace, lookbackMs } = this.settings;
    const rows = await readTraceRows(this.statements, page, maxRowsPerTrace + 1);
    const traces = [...groupBy(rows, keyOf).values()];
    const whole = traces.filter((trace) => trace.length <= maxRowsPerTrace);
    const links = whole.some(needsLinks)
      ? groupBy(await readLinks(this.statements, page, lookbackMs), ({ traceId }) => traceId)
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

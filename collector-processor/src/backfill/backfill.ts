import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClickHouseClient } from '@clickhouse/client';
import type { Clock } from '../core/clock';
import { inRange, type TimeRange } from '../monitor/timeText';
import type { Decoder } from '../store/block';
import { readColumns } from '../store/tableShape';
import type { TraceBlock } from '../store/traceBlock';
import type { StoredKeys } from './keyKinds';
import { BlockTurns } from './blockTurns';
import { type CandidateMarks, candidateCondition } from './candidates';
import { eachRow } from './eachRow';
import { type Page, pagesOf } from './pages';
import { type BackfillReport, BackfillTally } from './report';
import { RequestWriter, type StoredRequest } from './requestWriter';
import { selectionOf } from './storedTable';
import { StoredRow } from './storedRow';

export interface BackfillParts {
  readonly client: ClickHouseClient;
  /** What decodes live requests too, with a normaliser for stored spans. */
  readonly decoder: Pick<Decoder<TraceBlock>, 'decode'>;
  /** Blocks without rows of `otel_traces`, whose rows lose to live ones. */
  readonly createBlock: () => TraceBlock;
  readonly keys: StoredKeys;
  readonly marks: CandidateMarks;
  readonly clock: Clock;
}

export interface BackfillSettings {
  /** Start of the spans, Unix milliseconds; the end is exclusive. */
  readonly range: TimeRange;
  /** Label of spans that were stored without one. */
  readonly tenant: string;
  /** Spans that are read from the store per second, at most; Infinity: as fast as it goes. */
  readonly maxSpansPerSecond: number;
  /** Counts what would be written. */
  readonly isDryRun: boolean;
  /** Ends between two pieces of work; what is done stays. */
  readonly stopping: AbortSignal;
}

const TABLE = 'otel_traces';
/** Spans of one page: what has to be read again after an interruption. */
const PAGE_SPANS = 1_000_000;
/** Rows of one insert. */
const BLOCK_ROWS = 65_536;

/** Reading is one thread's work beside whatever else the database has to do; a page may take its time. */
const READ_SETTINGS = { max_threads: 1, max_execution_time: 0 } as const;

/**
 * Makes `ml_*` rows of stored spans, page by page in the order of time, with the code that live requests go through.
 * Doing it again is harmless: the rows have the ids of the spans and lose to live ones. Needs no memory of its own
 * beyond the pages' end, which `onProgress` hears. Rejects when the table cannot be read or the store fails.
 */
export async function backfill(
  parts: BackfillParts,
  settings: BackfillSettings,
  onProgress: (report: BackfillReport) => void,
): Promise<BackfillReport> {
  const { client } = parts;
  const { range, stopping } = settings;
  const selection = selectionOf(TABLE, new Map(await readColumns(client, TABLE)));
  if (!selection.ok) throw new Error(selection.reason);
  const run = new BackfillRun(parts, settings, selection.columns);
  for await (const page of pagesOf(client, range, PAGE_SPANS)) {
    if (stopping.aborted || !(await run.page(page))) return run.tally.report();
    onProgress(run.tally.report());
  }
  run.tally.doneUntilMs = range.toMs;
  return run.tally.report();
}

class BackfillRun {
  readonly tally: BackfillTally;
  private readonly parts: BackfillParts;
  private readonly settings: BackfillSettings;
  private readonly columns: string;
  private readonly condition: string;
  private readonly turns: BlockTurns;
  private readonly row = new StoredRow();
  private readonly startedAt = performance.now();

  constructor(parts: BackfillParts, settings: BackfillSettings, columns: string) {
    this.parts = parts;
    this.settings = settings;
    this.columns = columns;
    this.condition = candidateCondition(parts.marks);
    this.tally = new BackfillTally(settings.range.fromMs);
    this.turns = new BlockTurns(parts.client, parts.createBlock, settings.isDryRun);
  }

  /** False: it was told to stop on the way. */
  async page(page: Page): Promise<boolean> {
    const { tally, row, settings } = this;
    const writer = new RequestWriter({
      keys: this.parts.keys,
      tenant: settings.tenant,
      emit: (request) => this.decode(request),
    });
    const stream = await this.read(page);
    try {
      await eachRow(
        stream,
        row,
        () => {
          tally.candidates++;
          writer.add(row);
        },
        async () => {
          if (this.turns.filling.ml.inferences.rows >= BLOCK_ROWS) await this.turn();
          settings.stopping.throwIfAborted();
          await this.pace();
        },
      );
    } catch (error) {
      stream.destroy();
      if (settings.stopping.aborted) return false;
      throw error;
    }
    writer.flush();
    tally.malformed += writer.malformed;
    this.count();
    await this.turns.finish();
    tally.spans += page.spans;
    tally.doneUntilMs = page.toMs;
    return true;
  }

  private async read(page: TimeRange): Promise<Readable> {
    const { stream } = await this.parts.client.exec({
      query: `SELECT ${this.columns} FROM ${TABLE}
WHERE ${inRange(page, 'Timestamp')} AND (${this.condition}) FORMAT RowBinary`,
      clickhouse_settings: READ_SETTINGS,
    });
    return stream;
  }

  private decode({ bytes, tenant, spans }: StoredRequest): boolean {
    const { decoder, clock } = this.parts;
    const request = { signal: 'traces', bytes, tenant, receivedAtMs: clock() } as const;
    const added = decoder.decode(request, this.turns.filling);
    if (!added.ok && spans > 1) return false;
    this.tally.rejected += added.ok ? added.rejected : spans;
    if (!added.ok || added.rejected > 0) this.tally.reason = added.reason;
    return added.ok;
  }

  private turn(): Promise<void> {
    this.count();
    return this.turns.turn();
  }

  private count(): void {
    this.tally.add(this.turns.filling.ml.inferences.countByCost());
  }

  /** Waits until as many spans as were read may have been read. */
  private async pace(): Promise<void> {
    const dueMs = (this.tally.candidates / this.settings.maxSpansPerSecond) * 1000;
    const waitMs = dueMs - (performance.now() - this.startedAt);
    if (waitMs > 0) await sleep(waitMs, undefined, { signal: this.settings.stopping });
  }
}

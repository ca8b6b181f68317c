import type { ClickHouseClient } from '@clickhouse/client';
import type { Additions } from '../core/additions';
import type { Component } from '../core/component';
import type { Consumer, OtlpRequest } from '../core/consumer';
import { messageOf } from '../core/errors';
import type { Outcome } from '../core/outcome';
import { Batch, type Waiting } from './batch';
import type { Added, Block, BlockEvents, Decoder, TableRows } from './block';
import type { DeadLetter } from './deadLetter';
import { classOf, codeOf, type ErrorClass } from './errorClass';
import { flushDelay, type FlushSettings } from './flushTimer';
import { insertBlock } from './insertBlock';
import { createTableShapes, type TableShapes } from './tableShapes';

/** What the writer tells of; per block, never per row. */
export interface WriterEvents extends BlockEvents {
  blockInserted(block: { table: string; rows: number; bytes: number; durationMs: number }): void;
  insertFailed(failure: { table: string; code: string; reason: string; class: ErrorClass }): void;
  rowsDeadLettered(letter: { table: string; rows: number; reason: string; kept: boolean }): void;
}

/** Runs a piece of work inside a span of the service's own trace, when it has one. */
export interface WriterTracing {
  inSpan<T>(
    name: string,
    options: { attributes: Record<string, number>; requests: number },
    work: () => Promise<T>,
  ): Promise<T>;
}

/** Takes requests that are committed, to pass them on and to release them then; must neither throw nor wait. */
export interface Forward {
  /** `items`: how many are in the request; `additions`: what was added to them. */
  offer(request: OtlpRequest, items: number, additions?: Additions): unknown;
}

export interface WriterParts<B extends Block> {
  readonly client: ClickHouseClient;
  readonly decoder: Decoder<B>;
  readonly deadLetter: DeadLetter;
  readonly events: WriterEvents;
  readonly tracing: WriterTracing;
  readonly forward?: Forward | undefined;
}

export interface WriterSettings extends FlushSettings {
  /** Rows of one insert; more wait undecoded for the next. */
  readonly maxBlockRows: number;
  /** What a sender is told to wait when the store cannot take its data, milliseconds. */
  readonly retryAfterMs: number;
}

/** A request that is not decoded yet, and the sender that waits for it, until `deadline` aborts. */
interface Queued {
  readonly request: OtlpRequest;
  readonly deadline: AbortSignal | undefined;
  readonly answer: (outcome: Outcome) => void;
}

/** An insert that failed. */
interface Failed {
  readonly table: string;
  readonly error: unknown;
}

/** The store as a consumer of one signal: a request is answered when its rows are written. */
export class Writer<B extends Block> implements Component, Consumer {
  private readonly parts: WriterParts<B>;
  private readonly settings: WriterSettings;
  private filling: Batch<B>;
  private spare: Batch<B>;
  /** Requests that found the filling block full. */
  private readonly queue: Queued[] = [];
  private readonly shapes: TableShapes;
  private inserting: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private lastStart = 0;
  private stopped = false;

  constructor(parts: WriterParts<B>, settings: WriterSettings) {
    this.parts = parts;
    this.settings = settings;
    this.shapes = createTableShapes(parts.client);
    this.filling = this.createBatch();
    this.spare = this.createBatch();
  }

  private createBatch(): Batch<B> {
    return new Batch(this.parts.decoder.createBlock());
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  /** Inserts what waits. Senders still unanswered at the deadline are told to try again. */
  async stop(deadline: AbortSignal): Promise<void> {
    this.stopped = true;
    const drained = (async () => {
      while (this.inserting !== undefined || this.filling.waiting.length > 0) {
        this.flush();
        await this.inserting;
      }
    })();
    await Promise.race([drained, aborted(deadline)]);
    clearTimeout(this.timer);
    for (const { answer } of [...this.queue.splice(0), ...this.filling.waiting]) {
      answer(this.tryAgain('stopping'));
    }
  }

  consume(request: OtlpRequest, deadline?: AbortSignal): Promise<Outcome> {
    if (this.stopped) return Promise.resolve(this.tryAgain('stopping'));
    return new Promise((answer) => {
      this.take({ request, deadline, answer });
    });
  }

  private take(queued: Queued): void {
    const { filling } = this;
    const { request, deadline, answer } = queued;
    if (filling.block.rows >= this.settings.maxBlockRows) {
      this.queue.push(queued);
      return;
    }
    if (deadline?.aborted === true) {
      // It will come again: written now, it would only be there twice.
      answer(this.tryAgain('the sender does not wait'));
      return;
    }
    const added = this.parts.decoder.decode(request, filling.block);
    if (!added.ok) {
      answer({ status: 'refused', reason: added.reason });
      return;
    }
    if (added.items === 0) {
      answer(accepted(added));
      return;
    }
    if (filling.waiting.length === 0) filling.firstRowAt = performance.now();
    filling.waiting.push({ request, added, answer });
    this.schedule();
  }

  private schedule(): void {
    if (this.inserting !== undefined || this.filling.waiting.length === 0) return;
    const now = performance.now();
    const delay = flushDelay(
      this.settings,
      this.filling.block.rows,
      now - this.lastStart,
      now - this.filling.firstRowAt,
    );
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.flush();
    }, delay);
  }

  private flush(): void {
    if (this.inserting !== undefined || this.filling.waiting.length === 0) return;
    clearTimeout(this.timer);
    const batch = this.filling;
    this.filling = this.spare;
    this.spare = batch;
    this.lastStart = performance.now();
    const requests = batch.waiting.length;
    const attributes = { 'plumbline.rows': batch.block.rows };
    const inserted = this.parts.tracing.inSpan('flush', { requests, attributes }, () =>
      this.insert(batch),
    );
    this.inserting = inserted.finally(() => {
      batch.clear();
      this.inserting = undefined;
      this.schedule();
    });
    for (const queued of this.queue.splice(0)) this.take(queued);
  }

  private async insert({ block, waiting }: Batch<B>): Promise<void> {
    const failed = await this.write(block);
    if (failed === undefined) {
      for (const { added, answer } of waiting) answer(accepted(added));
      block.tell(this.parts.events);
      const { forward } = this.parts;
      for (const { request, added } of waiting) {
        if (forward === undefined) request.release?.();
        else forward.offer(request, added.items, added.additions);
      }
      return;
    }
    const reason = messageOf(failed.error);
    const passing = await this.passing(failed, block.partitions, waiting.length);
    if (passing !== undefined) {
      for (const { answer } of waiting) answer(this.tryAgain(`${passing}${reason}`));
    } else if (waiting.length === 1) {
      await this.giveUp(waiting[0]!, reason);
    } else {
      await this.insertHalves(waiting);
    }
  }

  /** Defined when the failure says nothing about the rows: what to say of it before its own words. */
  private async passing(
    { table, error }: Failed,
    days: number,
    requests: number,
  ): Promise<string | undefined> {
    if (classOf(error, days) === 'retry') return '';
    try {
      const blame = await this.shapes.blame(table);
      if (blame === undefined) return undefined;
      // Among several some may be good, and prove the table; of one alone only trying again loses nothing.
      return blame.proven || requests === 1 ? `${blame.reason}: ` : undefined;
    } catch {
      return '';
    }
  }

  /** The store refused some row of the block: halves it until the guilty request stands alone. */
  private async insertHalves(waiting: readonly Waiting[]): Promise<void> {
    const middle = waiting.length >> 1;
    for (const half of [waiting.slice(0, middle), waiting.slice(middle)]) {
      const batch = this.createBatch();
      for (const { request } of half) this.parts.decoder.decode(request, batch.block);
      batch.waiting = half;
      await this.insert(batch);
    }
  }

  private async giveUp({ request, added, answer }: Waiting, reason: string): Promise<void> {
    const kept = await this.parts.deadLetter.keep(request, reason);
    const rows = added.items;
    this.parts.events.rowsDeadLettered({ table: this.parts.decoder.table, rows, reason, kept });
    answer({ status: 'accepted', rejected: rows + added.rejected, reason });
  }

  /** Writes the tables one after the other; tells the one that could not be written. */
  private async write(block: B): Promise<Failed | undefined> {
    for (const [table, rows] of block.tables) {
      const error = await this.writeTable(table, rows);
      if (error !== undefined) return { table, error };
    }
    return undefined;
  }

  private async writeTable(table: string, columns: TableRows): Promise<unknown> {
    const { rows } = columns;
    if (rows === 0) return undefined;
    const start = performance.now();
    const chunks = columns.block();
    try {
      await insertBlock(this.parts.client, table, chunks, await this.shapes.isOlder(table));
    } catch (error) {
      const reason = messageOf(error);
      this.parts.events.insertFailed({
        table,
        code: codeOf(error),
        reason,
        class: classOf(error, 0),
      });
      return error ?? new Error('insert failed');
    }
    const bytes = chunks.reduce((total, chunk) => total + chunk.length, 0);
    const durationMs = performance.now() - start;
    this.parts.events.blockInserted({ table, rows, bytes, durationMs });
    this.shapes.accepted(table);
    return undefined;
  }

  private tryAgain(reason: string): Outcome {
    return { status: 'retry', retryAfterMs: this.settings.retryAfterMs, reason };
  }
}

const accepted = ({ rejected, reason }: Extract<Added, { ok: true }>): Outcome =>
  rejected === 0 ? { status: 'accepted', rejected } : { status: 'accepted', rejected, reason };

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else
      signal.addEventListener('abort', () => {
        resolve();
      });
  });

import type { Additions } from '../core/additions';
import type { OtlpRequest } from '../core/consumer';
import { DecodeError, LimitError } from '../core/errors';
import type { RecordKind, RecordProblem } from '../core/mlRecord';
import type { ModelUsage } from '../core/modelUsage';

/** Rows of one table, as an insert wants them. */
export interface TableRows {
  readonly rows: number;
  /** The rows in ClickHouse's Native format. */
  block(): readonly Buffer[];
}

/** What a block tells of once it is written. */
export interface BlockEvents {
  /** Inferences of a block that was written, by convention and status. */
  inferencesCounted(count: { convention: string; status: string; n: number }): void;
  /** Model calls of a block that was written and for which no price is known. */
  unpriced(count: { provider: string; model: string; n: number }): void;
  /** Records about predictions of a block that was written. */
  recordsCounted(count: { kind: RecordKind; n: number }): void;
  /** Records of such a block that could not be used, or not whole. */
  recordProblems(count: { kind: RecordKind; problem: RecordProblem; n: number }): void;
  /** Tokens and cost of a block that was written, if anybody wants to know. */
  modelUsed?(usage: ModelUsage): void;
}

/** Rows that were made of requests of one signal and are inserted together. */
export interface Block {
  /** Items of the signal: spans, data points, log records. */
  readonly rows: number;
  /** Partitions that the rows go to, at most: each becomes a part of its own in the engine. */
  readonly partitions: number;
  /** In the order of insertion: first what is idempotent, last what would be there twice after a retry. */
  readonly tables: readonly (readonly [table: string, rows: TableRows])[];
  mark(): void;
  /** Takes back what came after `mark`. */
  rollback(): void;
  reset(): void;
  tell(events: BlockEvents): void;
}

/** What became of a request's items. */
export type Added =
  | {
      readonly ok: true;
      readonly items: number;
      readonly rejected: number;
      readonly reason: string;
      /** What was added to the items, when somebody passes requests on. */
      readonly additions?: Additions;
    }
  | { readonly ok: false; readonly reason: string };

/** Turns requests of one signal into rows. */
export interface Decoder<B extends Block> {
  /** What refused requests are counted under: the signal's main table. */
  readonly table: string;
  createBlock(): B;
  /** A request is in the block whole or not at all. */
  decode(request: OtlpRequest, block: B): Added;
}

/** Items over a limit that are left out one by one; a request with more of them is refused whole. */
const MAX_REJECTED = 16;

/**
 * Adds a request to a block so that one bad request never harms its neighbours: what went wrong half-way is rolled back.
 * `walk` decodes the request without the items in `skip`; `ordinal` tells which item it was at when it threw.
 */
export function addWhole(
  block: Block,
  walk: (skip: ReadonlySet<number>) => void,
  ordinal: () => number,
): Added {
  const skip = new Set<number>();
  let reason = '';
  for (;;) {
    block.mark();
    const before = block.rows;
    try {
      walk(skip);
      return { ok: true, items: block.rows - before, rejected: skip.size, reason };
    } catch (error) {
      block.rollback();
      if (error instanceof LimitError && skip.size < MAX_REJECTED) {
        reason = error.message;
        skip.add(ordinal());
      } else if (error instanceof LimitError || error instanceof DecodeError) {
        return { ok: false, reason: error.message };
      } else if (error instanceof RangeError) {
        // A DataView refuses to read past the end of the request.
        return { ok: false, reason: 'message is cut off' };
      } else {
        throw error;
      }
    }
  }
}

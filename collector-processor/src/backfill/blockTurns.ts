import type { ClickHouseClient } from '@clickhouse/client';
import { insertBlock } from '../store/insertBlock';
import type { TraceBlock } from '../store/traceBlock';

/** Two blocks in turn: one fills while the other is inserted. */
export class BlockTurns {
  filling: TraceBlock;
  private spare: TraceBlock;
  private inserting: Promise<void> = Promise.resolve();
  private readonly insert: (block: TraceBlock) => Promise<void>;

  constructor(client: ClickHouseClient, createBlock: () => TraceBlock, isDryRun: boolean) {
    this.filling = createBlock();
    this.spare = createBlock();
    this.insert = async (block) => {
      if (isDryRun) return;
      for (const [table, rows] of block.tables) {
        if (rows.rows > 0) await insertBlock(client, table, rows.block());
      }
    };
  }

  /** Starts to insert what was filled, once the insert before has ended. Rejects with the error of that one. */
  async turn(): Promise<void> {
    await this.inserting;
    const block = this.filling;
    this.filling = this.spare;
    this.spare = block;
    const inserted = this.insert(block).finally(() => {
      block.reset();
    });
    // Awaited at the next turn; until then a rejection is not one that nobody handles.
    inserted.catch(() => undefined);
    this.inserting = inserted;
  }

  /** Resolves when everything is inserted. */
  async finish(): Promise<void> {
    await this.turn();
    await this.inserting;
  }
}

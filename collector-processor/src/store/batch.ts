import type { OtlpRequest } from '../core/consumer';
import type { Outcome } from '../core/outcome';
import type { Added, Block } from './block';

/** A request in a block, and the sender that waits for it. */
export interface Waiting {
  readonly request: OtlpRequest;
  readonly added: Extract<Added, { ok: true }>;
  readonly answer: (outcome: Outcome) => void;
}

/** A block that fills while the other one is inserted. */
export class Batch<B extends Block> {
  readonly block: B;
  waiting: Waiting[] = [];
  firstRowAt = 0;

  constructor(block: B) {
    this.block = block;
  }

  clear(): void {
    this.block.reset();
    this.waiting = [];
  }
}

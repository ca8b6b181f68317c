import { ByteBuffer } from './byteBuffer';

/** Bodies of at least this many bytes are handed on where they stand, smaller ones are copied together. */
const OWN_CHUNK = 4096;

/** Collects the bytes of a block without copying the large column bodies. */
export class BlockSink {
  readonly chunks: Buffer[] = [];
  readonly small = new ByteBuffer(16_384);
  private taken = 0;

  raw(bytes: Buffer): void {
    if (bytes.length < OWN_CHUNK) {
      this.small.raw(bytes);
      return;
    }
    this.cut();
    this.chunks.push(bytes);
  }

  finish(): readonly Buffer[] {
    this.cut();
    return this.chunks;
  }

  private cut(): void {
    if (this.small.length > this.taken) {
      this.chunks.push(this.small.bytes.subarray(this.taken, this.small.length));
      this.taken = this.small.length;
    }
  }
}

/**
 * One column of a block under construction. `mark` and `rollback` take back whole requests: rows added after the mark
 * vanish. Dictionary entries may stay, the engine ignores unused ones.
 */
export interface Column {
  readonly type: string;
  mark(): void;
  rollback(): void;
  reset(): void;
  /** What the format puts in front of all data of the column (LowCardinality's version). */
  writePrefix(sink: BlockSink): void;
  writeBody(sink: BlockSink): void;
}

/**
 * A block in ClickHouse's Native format as an INSERT over HTTP reads it (revision 0: no block info, no serialization
 * kinds): https://clickhouse.com/docs/interfaces/formats/Native
 */
export function nativeBlock(
  columns: readonly (readonly [name: string, column: Column])[],
  rows: number,
): readonly Buffer[] {
  const sink = new BlockSink();
  sink.small.varint(columns.length);
  sink.small.varint(rows);
  for (const [name, column] of columns) {
    sink.small.string(name);
    sink.small.string(column.type);
    column.writePrefix(sink);
    column.writeBody(sink);
  }
  return sink.finish();
}

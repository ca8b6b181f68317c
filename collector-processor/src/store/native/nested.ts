import { ByteBuffer } from './byteBuffer';
import type { BlockSink, Column } from './nativeBlock';

/** Ends of the rows' lists, counted over the whole block: what Array and Map put in front of their elements. */
export class Offsets {
  private readonly ends = new ByteBuffer(8192);
  private marked = 0;

  push(end: number): void {
    this.ends.int64(end, 0);
  }

  mark(): void {
    this.marked = this.ends.length;
  }

  rollback(): void {
    this.ends.length = this.marked;
  }

  reset(): void {
    this.ends.length = this.marked = 0;
  }

  write(sink: BlockSink): void {
    sink.raw(this.ends.filled());
  }
}

/** `Array(inner)`; several columns of one Nested share their offsets, whose owner marks and resets them. */
export class ArrayColumn<Inner extends Column> implements Column {
  readonly type: string;
  readonly inner: Inner;
  private readonly offsets: Offsets;

  constructor(inner: Inner, offsets: Offsets) {
    this.type = `Array(${inner.type})`;
    this.inner = inner;
    this.offsets = offsets;
  }

  mark(): void {
    this.inner.mark();
    this.offsets.mark();
  }

  rollback(): void {
    this.inner.rollback();
    this.offsets.rollback();
  }

  reset(): void {
    this.inner.reset();
    this.offsets.reset();
  }

  writePrefix(sink: BlockSink): void {
    this.inner.writePrefix(sink);
  }

  writeBody(sink: BlockSink): void {
    this.offsets.write(sink);
    this.inner.writeBody(sink);
  }
}

import { ByteBuffer } from './byteBuffer';
import { type NumberType, PlainColumn, writeNumber } from './columns';
import { LowCardinalityColumn } from './lowCardinality';
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

/** `Map(LowCardinality(String), value)` filled from JavaScript keys, which rotate: see `pushRotating`. */
export class TextKeyMapColumn implements Column {
  readonly type: string;
  private readonly keys = new LowCardinalityColumn();
  private readonly values: PlainColumn;
  private readonly offsets = new Offsets();

  constructor(valueType: NumberType | 'String') {
    this.type = `Map(LowCardinality(String), ${valueType})`;
    this.values = new PlainColumn(valueType);
  }

  /** One entry of the row that `endRow` closes. */
  putNumber(key: string, type: NumberType, value: number): void {
    this.keys.pushRotating(key);
    writeNumber(type, this.values.values, value);
  }

  /** As `putNumber`, for text. */
  putText(key: string, value: string): void {
    this.keys.pushRotating(key);
    this.values.values.string(value);
  }

  endRow(): void {
    this.offsets.push(this.keys.indexes.length);
  }

  mark(): void {
    this.keys.mark();
    this.values.mark();
    this.offsets.mark();
  }

  rollback(): void {
    this.keys.rollback();
    this.values.rollback();
    this.offsets.rollback();
  }

  reset(): void {
    this.keys.reset();
    this.values.reset();
    this.offsets.reset();
  }

  writePrefix(sink: BlockSink): void {
    this.keys.writePrefix(sink);
  }

  writeBody(sink: BlockSink): void {
    this.offsets.write(sink);
    this.keys.writeBody(sink);
    this.values.writeBody(sink);
  }
}

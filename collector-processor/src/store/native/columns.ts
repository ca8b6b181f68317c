import { ByteBuffer } from './byteBuffer';
import type { BlockSink, Column } from './nativeBlock';

/** Values that stand one behind the other: numbers of fixed width, or Strings with their lengths. */
export class PlainColumn implements Column {
  readonly type: string;
  readonly values: ByteBuffer;
  private marked = 0;

  constructor(type: string, capacity = 8192) {
    this.type = type;
    this.values = new ByteBuffer(capacity);
  }

  mark(): void {
    this.marked = this.values.length;
  }

  rollback(): void {
    this.values.length = this.marked;
  }

  reset(): void {
    this.values.length = this.marked = 0;
  }

  writePrefix(): void {
    // Plain values have none.
  }

  writeBody(sink: BlockSink): void {
    sink.raw(this.values.filled());
  }
}

/** A `Nullable` of fixed-width values: one byte a row tells whether it is NULL, then the values. */
export class NullableColumn implements Column {
  readonly type: string;
  private readonly nulls = new PlainColumn('UInt8');
  private readonly inner: PlainColumn;
  private readonly write: (values: ByteBuffer, value: number) => void;

  constructor(inner: string, write: (values: ByteBuffer, value: number) => void) {
    this.type = `Nullable(${inner})`;
    this.inner = new PlainColumn(inner);
    this.write = write;
  }

  /** NaN is NULL. */
  push(value: number): void {
    const unknown = Number.isNaN(value);
    this.nulls.values.byte(unknown ? 1 : 0);
    this.write(this.inner.values, unknown ? 0 : value);
  }

  mark(): void {
    this.nulls.mark();
    this.inner.mark();
  }

  rollback(): void {
    this.nulls.rollback();
    this.inner.rollback();
  }

  reset(): void {
    this.nulls.reset();
    this.inner.reset();
  }

  writePrefix(): void {
    // Neither part has one.
  }

  writeBody(sink: BlockSink): void {
    this.nulls.writeBody(sink);
    this.inner.writeBody(sink);
  }
}

export const writeFloat64 = (values: ByteBuffer, value: number): void => {
  values.float64(value);
};
export const writeInteger = (values: ByteBuffer, value: number): void => {
  values.integer(value);
};
export const writeByte = (values: ByteBuffer, value: number): void => {
  values.byte(value);
};

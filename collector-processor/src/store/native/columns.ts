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

/** How a number stands in a column. */
export type NumberType = 'Float64' | 'UInt8' | 'UInt64' | 'Decimal(18, 9)';

/** Decimals are counted in their smallest unit: `Decimal(18, 9)` in billionths. */
export function writeNumber(type: NumberType, values: ByteBuffer, value: number): void {
  if (type === 'Float64') values.float64(value);
  else if (type === 'UInt8') values.byte(value);
  else values.integer(value);
}

/** A `Nullable` number: one byte a row tells whether it is NULL, then the values. */
export class NullableColumn implements Column {
  readonly type: string;
  private readonly number: NumberType;
  private readonly nulls = new PlainColumn('UInt8');
  private readonly inner: PlainColumn;

  constructor(number: NumberType) {
    this.type = `Nullable(${number})`;
    this.number = number;
    this.inner = new PlainColumn(number);
  }

  /** NaN is NULL. */
  push(value: number): void {
    if (Number.isNaN(value)) {
      this.nulls.values.byte(1);
      writeNumber(this.number, this.inner.values, 0);
    } else {
      this.nulls.values.byte(0);
      writeNumber(this.number, this.inner.values, value);
    }
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

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

/**
 * A `Nullable` number: one byte a row tells whether it is NULL, then the values. Rows are kept as plain doubles and
 * encoded when the block is written: most columns of most rows are NULL, and one tight loop is cheaper than two writes a row.
 */
export class NullableColumn implements Column {
  readonly type: string;
  private readonly number: NumberType;
  private values = new Float64Array(1024);
  private length = 0;
  private marked = 0;
  private readonly nulls = new ByteBuffer();
  private readonly encoded = new ByteBuffer();

  constructor(number: NumberType) {
    this.type = `Nullable(${number})`;
    this.number = number;
  }

  /** NaN is NULL. */
  push(value: number): void {
    if (this.length === this.values.length) this.grow();
    this.values[this.length++] = value;
  }

  mark(): void {
    this.marked = this.length;
  }

  rollback(): void {
    this.length = this.marked;
  }

  reset(): void {
    this.length = this.marked = 0;
  }

  writePrefix(): void {
    // Neither part has one.
  }

  writeBody(sink: BlockSink): void {
    const { nulls, encoded, values, length, number } = this;
    nulls.length = encoded.length = 0;
    nulls.reserve(length);
    for (let row = 0; row < length; row++) {
      const value = values[row]!;
      const isNull = Number.isNaN(value);
      nulls.bytes[row] = isNull ? 1 : 0;
      writeNumber(number, encoded, isNull ? 0 : value);
    }
    nulls.length = length;
    sink.raw(nulls.filled());
    sink.raw(encoded.filled());
  }

  private grow(): void {
    const next = new Float64Array(this.values.length * 2);
    next.set(this.values);
    this.values = next;
  }
}

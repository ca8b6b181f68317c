const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/** Places in the written bytes that differ each time a request is sent again. */
export interface Patches {
  /** Raw trace and span ids; their first four bytes carry the number of the sending. */
  readonly ids: number[];
  /** Hexadecimal texts that must stay unique; their first eight characters carry the number of the sending. */
  readonly texts: number[];
  /** Fixed 64-bit times in nanoseconds. */
  readonly times: number[];
}

interface Open {
  readonly start: number;
  readonly reserved: number;
  readonly ids: number;
  readonly texts: number;
  readonly times: number;
}

/** Writes protobuf by hand and remembers where ids and times stand, which no library would tell. */
export class ProtoWriter {
  readonly patches: Patches = { ids: [], texts: [], times: [] };
  private buffer: Buffer;
  private position = 0;
  private readonly open: Open[] = [];

  constructor(capacity = 1 << 16) {
    this.buffer = Buffer.allocUnsafeSlow(capacity);
  }

  /** The bytes written; all messages are closed. */
  finish(): Buffer {
    if (this.open.length > 0) throw new Error(`${this.open.length} messages are still open`);
    return Buffer.from(this.buffer.subarray(0, this.position));
  }

  /** Starts an embedded message; `reserved` is the expected size of its length in bytes. */
  begin(field: number, reserved = 1): void {
    this.reserve(16);
    this.varint((field << 3) | WIRE.bytes);
    const { ids, texts, times } = this.patches;
    const start = this.position + reserved;
    this.open.push({ start, reserved, ids: ids.length, texts: texts.length, times: times.length });
    this.position = start;
  }

  /** Ends the innermost message; its content moves when the length needs another size than expected. */
  end(): void {
    const message = this.open.pop();
    if (!message) throw new Error('no message is open');
    const length = this.position - message.start;
    const size = length < 0x80 ? 1 : length < 0x4000 ? 2 : length < 0x200000 ? 3 : 4;
    const shift = size - message.reserved;
    if (shift !== 0) {
      this.reserve(shift + 8);
      this.buffer.copyWithin(message.start + shift, message.start, this.position);
      shiftFrom(this.patches.ids, message.ids, shift);
      shiftFrom(this.patches.texts, message.texts, shift);
      shiftFrom(this.patches.times, message.times, shift);
    }
    this.position = message.start - message.reserved;
    this.varint(length);
    this.position += length;
  }

  uint(field: number, value: number): void {
    this.reserve(24);
    this.varint((field << 3) | WIRE.varint);
    this.varint(value);
  }

  /** A time in nanoseconds, split because it does not fit a JavaScript number. */
  time(field: number, nanos: bigint): void {
    this.reserve(24);
    this.varint((field << 3) | WIRE.fixed64);
    this.patches.times.push(this.position);
    this.position = this.buffer.writeBigUInt64LE(nanos, this.position);
  }

  double(field: number, value: number): void {
    this.reserve(24);
    this.varint((field << 3) | WIRE.fixed64);
    this.position = this.buffer.writeDoubleLE(value, this.position);
  }

  /** An integer that is the same whenever the request is sent again, unlike a time. */
  fixed64(field: number, value: bigint): void {
    this.reserve(24);
    this.varint((field << 3) | WIRE.fixed64);
    this.position = this.buffer.writeBigUInt64LE(value, this.position);
  }

  /** A packed list of eight-byte integers. */
  fixed64s(field: number, values: readonly bigint[]): void {
    this.packed(field, values.length);
    for (const value of values) {
      this.position = this.buffer.writeBigUInt64LE(value, this.position);
    }
  }

  /** A packed list of doubles. */
  doubles(field: number, values: readonly number[]): void {
    this.packed(field, values.length);
    for (const value of values) this.position = this.buffer.writeDoubleLE(value, this.position);
  }

  fixed32(field: number, value: number): void {
    this.reserve(24);
    this.varint((field << 3) | WIRE.fixed32);
    this.position = this.buffer.writeUInt32LE(value, this.position);
  }

  text(field: number, value: string): void {
    const length = Buffer.byteLength(value);
    this.reserve(length + 24);
    this.varint((field << 3) | WIRE.bytes);
    this.varint(length);
    this.position += this.buffer.write(value, this.position, 'utf8');
  }

  /** A hexadecimal text of at least eight characters that is another one whenever the request is sent again. */
  uniqueText(field: number, prefix: string, hex: string): void {
    this.text(field, prefix + hex);
    this.patches.texts.push(this.position - hex.length);
  }

  /** A trace or span id. */
  id(field: number, value: Uint8Array): void {
    this.reserve(value.length + 24);
    this.varint((field << 3) | WIRE.bytes);
    this.varint(value.length);
    this.patches.ids.push(this.position);
    this.buffer.set(value, this.position);
    this.position += value.length;
  }

  private packed(field: number, count: number): void {
    this.reserve(24 + count * 8);
    this.varint((field << 3) | WIRE.bytes);
    this.varint(count * 8);
  }

  private varint(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.buffer[this.position++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.buffer[this.position++] = rest;
  }

  private reserve(more: number): void {
    const needed = this.position + more;
    if (needed <= this.buffer.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.buffer.length * 2));
    this.buffer.copy(grown, 0, 0, this.position);
    this.buffer = grown;
  }
}

function shiftFrom(offsets: number[], from: number, shift: number): void {
  for (let i = from; i < offsets.length; i++) offsets[i]! += shift;
}

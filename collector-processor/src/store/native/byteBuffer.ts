import type { WireReader } from '../../otlp/wire';

/** Two hex digits of each byte as one little-endian 16-bit number, so that an id is written two digits at a time. */
const HEX_PAIRS = Uint16Array.from({ length: 256 }, (_, byte) => {
  const digits = byte.toString(16).padStart(2, '0');
  return digits.charCodeAt(0) | (digits.charCodeAt(1) << 8);
});

/** A growing run of bytes in ClickHouse's binary encodings: little-endian numbers, varint lengths. */
export class ByteBuffer {
  bytes: Buffer;
  view: DataView;
  length = 0;

  constructor(capacity = 1024) {
    this.bytes = Buffer.allocUnsafeSlow(capacity);
    this.view = new DataView(this.bytes.buffer);
  }

  /** Makes room for `count` more bytes. */
  reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, needed + 64));
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
    this.view = new DataView(grown.buffer);
  }

  filled(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  varint(value: number): void {
    this.reserve(5);
    const bytes = this.bytes;
    let at = this.length;
    while (value >= 128) {
      bytes[at++] = (value & 127) | 128;
      value >>>= 7;
    }
    bytes[at++] = value;
    this.length = at;
  }

  /** Bytes of any length. */
  raw(source: Buffer): void {
    this.reserve(source.length);
    source.copy(this.bytes, this.length);
    this.length += source.length;
  }

  /** Bytes of the request. */
  bytesOf(reader: WireReader, start: number, end: number): void {
    this.reserve(end - start + 3);
    this.copy(reader, start, end);
  }

  /** Writes all behind `from` `times` more times. */
  repeat(from: number, times: number): void {
    const size = this.length - from;
    const total = size * (times + 1);
    this.reserve(total - size);
    if (size === 1) this.bytes.fill(this.bytes[from]!, from + 1, from + total);
    else {
      for (let done = size; done < total; done *= 2) {
        this.bytes.copyWithin(from + done, from, from + Math.min(done, total - done));
      }
    }
    this.length = from + total;
  }

  /** A String value: length and bytes of the request. */
  text(reader: WireReader, start: number, end: number): void {
    const count = end - start;
    this.reserve(count + 9);
    if (count < 128) this.bytes[this.length++] = count;
    else this.varint(count);
    this.copy(reader, start, end);
  }

  /** Most texts are short: four bytes at a time beats a call into the runtime. May write up to three bytes too many. */
  private copy({ bytes, view }: WireReader, start: number, end: number): void {
    const to = this.length;
    this.length = to + end - start;
    if (end - start > 128 || end + 4 > bytes.length) {
      bytes.copy(this.bytes, to, start, end);
      return;
    }
    const own = this.view;
    for (let from = start, at = to; from < end; from += 4, at += 4) {
      own.setInt32(at, view.getInt32(from, true), true);
    }
  }

  /** A String value of a JavaScript string. */
  string(text: string): void {
    const count = text.length;
    if (count < 43) {
      // At most three bytes a UTF-16 unit: the length always fits into one byte, written when it is known.
      this.reserve(count * 3 + 1);
      const { bytes } = this;
      let at = this.length + 1;
      for (let i = 0; i < count; i++) {
        const unit = text.charCodeAt(i);
        if (unit > 127) {
          at = this.length + 1 + bytes.write(text, this.length + 1);
          break;
        }
        bytes[at++] = unit;
      }
      bytes[this.length] = at - this.length - 1;
      this.length = at;
      return;
    }
    const size = Buffer.byteLength(text);
    this.varint(size);
    this.reserve(size);
    this.length += this.bytes.write(text, this.length);
  }

  /** A String value of the hex digits of `count` bytes (even); an empty one when `at` is negative. */
  hex(source: Buffer, at: number, count: number): void {
    if (at < 0) {
      this.byte(0);
      return;
    }
    this.reserve(count * 2 + 1);
    this.bytes[this.length++] = count * 2;
    this.hexDigits(source, at, count);
  }

  /** The hex digits alone. */
  hexDigits(source: Buffer, at: number, count: number): void {
    this.reserve(count * 2);
    const { view } = this;
    let to = this.length;
    for (let from = at; from < at + count; from += 2, to += 4) {
      view.setInt32(to, HEX_PAIRS[source[from]!]! | (HEX_PAIRS[source[from + 1]!]! << 16), true);
    }
    this.length = to;
  }

  /** A String value of the decimal digits of an integer in [0, 2^31). */
  smallInt(value: number): void {
    let digits = 1;
    for (let rest = value; rest >= 10; rest = (rest / 10) | 0) digits++;
    this.reserve(digits + 1);
    const { bytes } = this;
    bytes[this.length] = digits;
    let at = this.length + digits;
    this.length = at + 1;
    do {
      const rest = (value / 10) | 0;
      bytes[at--] = 48 + value - rest * 10;
      value = rest;
    } while (value > 0);
  }

  int32(value: number): void {
    this.reserve(4);
    this.view.setInt32(this.length, value, true);
    this.length += 4;
  }

  /** A 64-bit integer from its two halves. */
  int64(low: number, high: number): void {
    this.reserve(8);
    this.view.setInt32(this.length, low, true);
    this.view.setInt32(this.length + 4, high, true);
    this.length += 8;
  }

  /** A 64-bit integer from an integral number, exact within ±2^53. */
  integer(value: number): void {
    const high = Math.floor(value / 4294967296);
    this.int64(value - high * 4294967296, high);
  }

  float64(value: number): void {
    this.reserve(8);
    this.view.setFloat64(this.length, value, true);
    this.length += 8;
  }
}

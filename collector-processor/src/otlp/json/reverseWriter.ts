const LARGEST_VARINT = 10;
const SHORT_TEXT = 40;

/**
 * Writes protobuf from its last byte to its first. The length of a message is known when its content is written, so
 * that length prefixes are minimal without a second pass over the values.
 */
export class ReverseWriter {
  private buffer: Buffer;
  private start: number;

  /** `expectedBytes` is only a guess at the size; the buffer grows when it is too small. */
  constructor(expectedBytes: number) {
    this.buffer = Buffer.allocUnsafe(Math.max(expectedBytes, 64));
    this.start = this.buffer.length;
  }

  /** Bytes written so far: the difference of two readings is the length of what was written in between. */
  get written(): number {
    return this.buffer.length - this.start;
  }

  /** A copy of exactly the written bytes. */
  finish(): Buffer {
    const bytes = Buffer.allocUnsafeSlow(this.written);
    this.buffer.copy(bytes, 0, this.start);
    return bytes;
  }

  tag(field: number, wire: number): void {
    this.uint32((field << 3) | wire);
  }

  /** A varint of at most 32 bits. */
  uint32(value: number): void {
    let length = 1;
    for (let rest = value >>> 7; rest !== 0; rest >>>= 7) length++;
    let at = this.reserve(length);
    let rest = value >>> 0;
    while (rest > 127) {
      this.buffer[at++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.buffer[at] = rest;
  }

  /** A varint of 64 bits; negative numbers in two's complement. */
  int64(value: bigint): void {
    const groups: number[] = [];
    let rest = BigInt.asUintN(64, value);
    while (rest > 127n) {
      groups.push(Number(rest & 127n) | 128);
      rest >>= 7n;
    }
    groups.push(Number(rest));
    let at = this.reserve(LARGEST_VARINT) + LARGEST_VARINT - groups.length;
    this.start = at;
    for (const group of groups) this.buffer[at++] = group;
  }

  fixed32(value: number): void {
    const at = this.reserve(4);
    this.buffer.writeUInt32LE(value, at);
  }

  fixed64(value: bigint): void {
    const at = this.reserve(8);
    this.buffer.writeBigUInt64LE(value, at);
  }

  double(value: number): void {
    const at = this.reserve(8);
    this.buffer.writeDoubleLE(value, at);
  }

  /** The length and the bytes. */
  bytes(value: Uint8Array): void {
    const at = this.reserve(value.length);
    this.buffer.set(value, at);
    this.uint32(value.length);
  }

  /** The length and the UTF-8; a lone surrogate becomes U+FFFD. */
  text(value: string): void {
    if (value.length <= SHORT_TEXT && this.ascii(value)) return;
    const length = Buffer.byteLength(value);
    const at = this.reserve(length);
    this.buffer.write(value, at, 'utf8');
    this.uint32(length);
  }

  /** For short strings a loop is cheaper than two calls into the engine; false, and nothing written, unless ASCII. */
  private ascii(value: string): boolean {
    const at = this.reserve(value.length);
    for (let index = 0; index < value.length; index++) {
      const code = value.charCodeAt(index);
      if (code > 127) {
        this.start += value.length;
        return false;
      }
      this.buffer[at + index] = code;
    }
    this.uint32(value.length);
    return true;
  }

  /** Where the next `length` bytes go. May put another `buffer` in place: to be called before that is looked at. */
  private reserve(length: number): number {
    if (length > this.start) {
      const { written } = this;
      const larger = Buffer.allocUnsafe(2 * (written + length));
      this.buffer.copy(larger, larger.length - written, this.start);
      this.buffer = larger;
      this.start = larger.length - written;
    }
    this.start -= length;
    return this.start;
  }
}

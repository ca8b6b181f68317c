import { DecodeError } from '../core/errors';

/**
 * Protobuf wire format, as far as OTLP needs it (https://protobuf.dev/programming-guides/encoding/).
 * A field number and wire type share one tag; all tags of the OTLP fields that we read fit in one byte, except those of
 * fields above 15.
 */
export const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/** The tag of a field, as it stands on the wire. */
export const tagOf = (field: number, wire: (typeof WIRE)[keyof typeof WIRE]): number =>
  (field << 3) | wire;

/** What a span, log record or data point may hold; one over a limit is left out of its request and counted as rejected. */
export interface DecodeLimits {
  /** Attributes of one span, event, link, log record, data point, scope or resource. */
  readonly maxAttributes: number;
  /** Arrays and maps inside each other in one value. */
  readonly maxNesting: number;
  /** Events of one span, and links; exemplars and quantiles of one data point. */
  readonly maxEvents: number;
}

export const DECODE_LIMITS: DecodeLimits = { maxAttributes: 1024, maxNesting: 32, maxEvents: 4096 };

/** Where 64-bit numbers go, each as its low and high 32 bits. */
export interface Uint64Sink {
  int64(low: number, high: number): void;
}

/**
 * Reads one message front to back. The hot loops of `attributes.ts` and `traces.ts` copy `bytes` and `position` into
 * locals; everything else goes through these methods. Reading past the end yields `undefined`, which ends every varint,
 * so no loop here runs away: the bounds check of the surrounding length then refuses the message.
 */
export class WireReader {
  bytes: Buffer = Buffer.alloc(0);
  view: DataView = new DataView(new ArrayBuffer(0));
  position = 0;
  readonly limits: DecodeLimits;

  constructor(limits: DecodeLimits = DECODE_LIMITS) {
    this.limits = limits;
  }

  open(bytes: Uint8Array): void {
    this.bytes = Buffer.isBuffer(bytes)
      ? bytes
      : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = 0;
  }

  /** A varint's low 32 bits, unsigned; the bits above are read and dropped, as protobuf does for uint32. */
  uint32(): number {
    const bytes = this.bytes;
    let position = this.position;
    let byte = bytes[position++]!;
    let value = byte & 127;
    let shift = 7;
    while (byte >= 128) {
      if (shift > 63) throw new DecodeError('varint longer than 10 bytes', position);
      byte = bytes[position++]!;
      if (shift < 32) value |= (byte & 127) << shift;
      shift += 7;
    }
    this.position = position;
    return value >>> 0;
  }

  /** Reads a length and returns the position behind that many bytes, which must not lie behind `limit`. */
  end(limit: number): number {
    const length = this.uint32();
    const end = this.position + length;
    if (end > limit)
      throw new DecodeError(`length ${length} reaches past its message`, this.position);
    return end;
  }

  /** Skips the value of a field with this tag. */
  skip(tag: number, limit: number): void {
    switch (tag & 7) {
      case WIRE.varint:
        this.uint32();
        break;
      case WIRE.fixed64:
        this.position += 8;
        break;
      case WIRE.bytes:
        this.position = this.end(limit);
        break;
      case WIRE.fixed32:
        this.position += 4;
        break;
      default:
        throw new DecodeError(`wire type ${tag & 7} is not known`, this.position);
    }
    if (tag >>> 3 === 0) throw new DecodeError('field number 0 is not allowed', this.position);
    if (this.position > limit)
      throw new DecodeError('field reaches past its message', this.position);
  }

  /** Checks that eight bytes are there and moves behind them; returns where they start. */
  fixed64(limit: number): number {
    const at = this.position;
    if (at + 8 > limit) throw new DecodeError('fixed64 reaches past its message', at);
    this.position = at + 8;
    return at;
  }

  /** Reads a fixed32, signed as DataView has it. */
  fixed32(limit: number): number {
    const at = this.position;
    if (at + 4 > limit) throw new DecodeError('fixed32 reaches past its message', at);
    this.position = at + 4;
    return this.view.getInt32(at, true);
  }

  /** A varint of 64 bits, written as its two halves; bits above them are dropped. */
  uint64(to: Uint64Sink): void {
    const { bytes } = this;
    let low = 0;
    let high = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[this.position++];
      if (byte === undefined) throw new DecodeError('varint is cut off', this.position);
      if (shift > 63) throw new DecodeError('varint longer than 10 bytes', this.position);
      const bits = byte & 127;
      if (shift < 32) low |= bits << shift;
      if (shift === 28) high = bits >>> 4;
      else if (shift > 28) high |= bits << (shift - 32);
      if (byte < 128) break;
    }
    to.int64(low, high);
  }

  /** The varint at the position as a signed 64-bit integer. */
  int64(): bigint {
    let value = 0n;
    let shift = 0n;
    for (;;) {
      const byte = this.bytes[this.position++];
      if (byte === undefined) throw new DecodeError('varint is cut off', this.position);
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asIntN(64, value);
      shift += 7n;
      if (shift > 63n) throw new DecodeError('varint longer than 10 bytes', this.position);
    }
  }
}

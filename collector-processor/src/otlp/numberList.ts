import { DecodeError } from '../core/errors';
import { keepRun } from './places';
import { type Uint64Sink, WIRE, type WireReader } from './wire';

/** What takes the bytes of numbers that stand in the request as they will stand in a column. */
export interface BytesSink {
  bytesOf(reader: WireReader, start: number, end: number): void;
}

/**
 * A repeated field of numbers, as places in the request. proto3 packs them into one run of bytes; a parser must take
 * single ones too, and several runs.
 */
export class NumberList {
  private runs = 0;
  private readonly places: Int32Array;

  /** More than `limit` single numbers are a `LimitError`. */
  constructor(limit: number) {
    this.places = new Int32Array(limit * 2);
  }

  clear(): void {
    this.runs = 0;
  }

  /** Takes the value of the field with this tag: a run of eight-byte numbers, or one. */
  addFixed64(reader: WireReader, tag: number, limit: number): void {
    const packed = (tag & 7) === WIRE.bytes;
    const end = packed ? reader.end(limit) : reader.fixed64(limit) + 8;
    const start = packed ? reader.position : end - 8;
    if ((end - start) % 8 !== 0) throw new DecodeError('numbers are cut off', start);
    this.add(start, end);
    reader.position = end;
  }

  /** Takes the value of the field with this tag: a run of varints, or one. */
  addVarints(reader: WireReader, tag: number, limit: number): void {
    const packed = (tag & 7) === WIRE.bytes;
    const end = packed ? reader.end(limit) : limit;
    const start = reader.position;
    if (packed) reader.position = end;
    else reader.uint32();
    this.add(start, reader.position);
  }

  /** Hands on the bytes of eight-byte numbers. */
  copyFixed64(reader: WireReader, to: BytesSink): void {
    for (let run = 0; run < this.runs; run++) {
      to.bytesOf(reader, this.places[run * 2]!, this.places[run * 2 + 1]!);
    }
  }

  /** Hands on the numbers of varints. Throws `DecodeError` when the last one reaches past its run. */
  copyVarints(reader: WireReader, to: Uint64Sink): void {
    for (let run = 0; run < this.runs; run++) {
      const end = this.places[run * 2 + 1]!;
      reader.position = this.places[run * 2]!;
      while (reader.position < end) reader.uint64(to);
      if (reader.position > end) throw new DecodeError('varint reaches past its run', end);
    }
  }

  private add(start: number, end: number): void {
    keepRun(this.places, this.runs, start, end, 'numbers that are not packed');
    this.runs++;
  }
}

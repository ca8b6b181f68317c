import { hashBytes } from './hashBytes';

/** Longer values are not kept: they rarely repeat. */
const MAX_LENGTH = 128;

/**
 * What was made of some bytes, so that bytes seen before cost one hash and one comparison. Equal bytes give the very
 * same result, which makes later Map look-ups by a text cheap.
 */
export class InternTable<T> {
  private readonly make: (source: Buffer, start: number, end: number) => T;
  /** A power of two; a third of it is filled before all is forgotten, which bounds memory when nothing repeats. */
  private readonly slots: number;
  private readonly hashes: Int32Array;
  private bytes: (Buffer | undefined)[];
  private made: T[];
  private size = 0;

  constructor(slots: number, make: (source: Buffer, start: number, end: number) => T) {
    this.make = make;
    this.slots = slots;
    this.hashes = new Int32Array(slots);
    this.bytes = new Array<Buffer | undefined>(slots);
    this.made = new Array<T>(slots);
  }

  get(source: Buffer, start: number, end: number): T {
    const length = end - start;
    if (length > MAX_LENGTH) return this.make(source, start, end);
    const hash = hashBytes(source, start, end);
    const mask = this.slots - 1;
    let slot = hash & mask;
    for (;;) {
      const known = this.bytes[slot];
      if (known === undefined) break;
      if (this.hashes[slot] === hash && sameBytes(known, source, start, length)) {
        return this.made[slot]!;
      }
      slot = (slot + 1) & mask;
    }
    const made = this.make(source, start, end);
    this.keep(Buffer.from(source.subarray(start, end)), hash, slot, made);
    return made;
  }

  private keep(bytes: Buffer, hash: number, slot: number, made: T): void {
    if (this.size * 3 > this.slots) {
      this.bytes = new Array<Buffer | undefined>(this.slots);
      this.made = new Array<T>(this.slots);
      this.size = 0;
      slot = hash & (this.slots - 1);
    }
    this.bytes[slot] = bytes;
    this.hashes[slot] = hash;
    this.made[slot] = made;
    this.size++;
  }
}

function sameBytes(known: Buffer, source: Buffer, start: number, length: number): boolean {
  if (known.length !== length) return false;
  for (let i = 0; i < length; i++) {
    if (known[i] !== source[start + i]) return false;
  }
  return true;
}

const NOTHING = new Uint8Array(0);

/** Gives a buffer of exactly this many bytes, whatever is in them. */
export type Room = (size: number) => Buffer;

const newRoom: Room = (size) => Buffer.allocUnsafeSlow(size);

/**
 * Changes to a message that is otherwise copied as it is: pieces that are put in or left out, and the lengths of the
 * messages around them. To be noted in the order in which they stand in the message.
 */
export class Patches {
  /** By patch: the piece [from, to) of the message gives way … */
  private readonly froms: number[] = [];
  private readonly tos: number[] = [];
  /** … to this number as a varint, unless it is negative: then to [start, end) of the source. */
  private readonly lengths: number[] = [];
  private readonly sources: Uint8Array[] = [];
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private count = 0;
  private growth = 0;

  clear(): void {
    this.count = this.growth = 0;
    // A source is a sender's data and may be large: nothing of it is held between requests.
    this.sources.length = 0;
  }

  /** What follows is inside the message whose length stands at [from, to). Returns what `close` wants. */
  open(from: number, to: number): number {
    this.starts[this.count] = this.growth;
    return this.note(from, to, 0, NOTHING);
  }

  /** Ends the message that `open` began, of `length` bytes before the changes. */
  close(index: number, length: number): void {
    if (this.count === index + 1) {
      this.count = index;
      return;
    }
    const changed = length + this.growth - this.starts[index]!;
    this.lengths[index] = changed;
    this.growth += varintSize(changed) - (this.tos[index]! - this.froms[index]!);
  }

  /** Puts [start, end) of `source` in front of the byte at `at`. */
  insert(at: number, source: Uint8Array, start = 0, end = source.length): void {
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.note(at, at, -1, source);
    this.growth += end - start;
  }

  /** Leaves out [from, to). */
  remove(from: number, to: number): void {
    this.starts[this.count] = this.ends[this.count] = 0;
    this.note(from, to, -1, NOTHING);
    this.growth -= to - from;
  }

  /** The message with its changes, in a buffer that `room` gives; `bytes` itself when there are none. */
  apply(bytes: Buffer, room: Room = newRoom): Buffer {
    if (this.count === 0) return bytes;
    const patched = room(bytes.length + this.growth);
    let at = 0;
    let copied = 0;
    for (let index = 0; index < this.count; index++) {
      const from = this.froms[index]!;
      at += bytes.copy(patched, at, copied, from);
      copied = this.tos[index]!;
      const length = this.lengths[index]!;
      at = length < 0 ? this.put(patched, at, index) : writeVarint(patched, at, length);
    }
    bytes.copy(patched, at, copied);
    return patched;
  }

  private put(patched: Buffer, at: number, index: number): number {
    const source = this.sources[index]!;
    let to = at;
    for (let from = this.starts[index]!; from < this.ends[index]!; from++) {
      patched[to++] = source[from]!;
    }
    return to;
  }

  private note(from: number, to: number, length: number, source: Uint8Array): number {
    this.froms[this.count] = from;
    this.tos[this.count] = to;
    this.lengths[this.count] = length;
    this.sources[this.count] = source;
    return this.count++;
  }
}

function varintSize(value: number): number {
  let size = 1;
  for (let rest = value >>> 7; rest !== 0; rest >>>= 7) size++;
  return size;
}

function writeVarint(bytes: Buffer, start: number, value: number): number {
  let at = start;
  let rest = value;
  while (rest > 127) {
    bytes[at++] = (rest & 127) | 128;
    rest >>>= 7;
  }
  bytes[at++] = rest;
  return at;
}

import { hashBytes } from './hashBytes';

/**
 * Byte strings to small integers, without making JavaScript strings for known ones.
 * All keys stand one behind the other in one buffer, so that comparing touches one typed array.
 */
export class KeyTable {
  /** Number of keys; ids are 0 … size - 1. */
  size = 0;
  readonly texts: string[] = [];
  private slots: Int32Array;
  private hashes: Int32Array;
  private starts: Int32Array;
  private lengths: Int32Array;
  private bytes: Buffer;
  private view: DataView;
  private used = 0;

  constructor(capacity = 1024) {
    this.slots = new Int32Array(capacity * 2).fill(-1);
    this.hashes = new Int32Array(capacity);
    this.starts = new Int32Array(capacity);
    this.lengths = new Int32Array(capacity);
    this.bytes = Buffer.alloc(capacity * 32);
    this.view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length);
  }

  /** The id of `source[start, start + length)`, given a new one when it is not known yet. */
  intern(source: Buffer, start: number, length: number): number {
    const hash = hashBytes(source, start, start + length);
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const id = this.slots[slot]!;
      if (id < 0) return this.add(source, start, length, hash, slot);
      if (this.hashes[id] === hash && this.equalsBytes(id, source, start, length)) return id;
      slot = (slot + 1) & mask;
    }
  }

  /** Whether key `id` equals these bytes; four at a time, `view` shows the same memory as `source`. */
  equals(id: number, view: DataView, start: number, length: number): boolean {
    if (this.lengths[id] !== length) return false;
    const own = this.starts[id]!;
    const ownView = this.view;
    let i = 0;
    for (; i + 4 <= length; i += 4) {
      if (ownView.getInt32(own + i, true) !== view.getInt32(start + i, true)) return false;
    }
    for (; i < length; i++) {
      if (ownView.getUint8(own + i) !== view.getUint8(start + i)) return false;
    }
    return true;
  }

  /** The bytes of key `id`; valid until the next `intern`. */
  bytesOf(id: number): Buffer {
    const start = this.starts[id]!;
    return this.bytes.subarray(start, start + this.lengths[id]!);
  }

  private equalsBytes(id: number, source: Buffer, start: number, length: number): boolean {
    if (this.lengths[id] !== length) return false;
    const own = this.starts[id]!;
    for (let i = 0; i < length; i++) {
      if (this.bytes[own + i] !== source[start + i]) return false;
    }
    return true;
  }

  private add(source: Buffer, start: number, length: number, hash: number, slot: number): number {
    const id = this.size++;
    this.slots[slot] = id;
    if (id === this.hashes.length) this.growIds();
    if (this.used + length > this.bytes.length) this.growBytes(length);
    this.hashes[id] = hash;
    this.starts[id] = this.used;
    this.lengths[id] = length;
    source.copy(this.bytes, this.used, start, start + length);
    this.used += length;
    this.texts.push(source.toString('utf8', start, start + length));
    if (this.size * 2 > this.slots.length) this.rehash();
    return id;
  }

  private growIds(): void {
    const grown = (old: Int32Array): Int32Array => {
      const next = new Int32Array(old.length * 2);
      next.set(old);
      return next;
    };
    this.hashes = grown(this.hashes);
    this.starts = grown(this.starts);
    this.lengths = grown(this.lengths);
  }

  private growBytes(needed: number): void {
    const next = Buffer.alloc(Math.max(this.bytes.length * 2, this.used + needed));
    this.bytes.copy(next, 0, 0, this.used);
    this.bytes = next;
    this.view = new DataView(next.buffer, next.byteOffset, next.length);
  }

  private rehash(): void {
    this.slots = new Int32Array(this.slots.length * 2).fill(-1);
    const mask = this.slots.length - 1;
    for (let id = 0; id < this.size; id++) {
      let slot = this.hashes[id]! & mask;
      while (this.slots[slot]! >= 0) slot = (slot + 1) & mask;
      this.slots[slot] = id;
    }
  }
}

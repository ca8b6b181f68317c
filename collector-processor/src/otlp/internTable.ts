/** Entries kept before all are forgotten: bounds memory when values never repeat. */
const MAX_ENTRIES = 20_000;
/** Longer texts are not kept: they rarely repeat. */
const MAX_LENGTH = 128;
const SLOTS = 65_536;

/**
 * Bytes to JavaScript strings, so that a text seen before costs one hash and one comparison and no new string.
 * Equal texts come back as the same string, which makes later Map look-ups by it cheap.
 */
export class InternTable {
  private texts: (string | undefined)[] = new Array<string | undefined>(SLOTS);
  private readonly hashes = new Int32Array(SLOTS);
  private bytes: (Buffer | undefined)[] = new Array<Buffer | undefined>(SLOTS);
  private size = 0;

  text(source: Buffer, start: number, end: number): string {
    const length = end - start;
    if (length === 0) return '';
    if (length > MAX_LENGTH) return source.toString('utf8', start, end);
    let hash = length;
    for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + source[i]!) | 0;
    hash ^= hash >>> 15;
    let slot = hash & (SLOTS - 1);
    for (;;) {
      const known = this.bytes[slot];
      if (known === undefined) break;
      if (this.hashes[slot] === hash && sameBytes(known, source, start, length)) {
        return this.texts[slot]!;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    return this.keep(source, start, end, hash, slot);
  }

  private keep(source: Buffer, start: number, end: number, hash: number, slot: number): string {
    const text = source.toString('utf8', start, end);
    if (this.size >= MAX_ENTRIES) {
      this.texts = new Array<string | undefined>(SLOTS);
      this.bytes = new Array<Buffer | undefined>(SLOTS);
      this.size = 0;
      slot = hash & (SLOTS - 1);
    }
    this.texts[slot] = text;
    this.hashes[slot] = hash;
    this.bytes[slot] = Buffer.from(source.subarray(start, end));
    this.size++;
    return text;
  }
}

function sameBytes(known: Buffer, source: Buffer, start: number, length: number): boolean {
  if (known.length !== length) return false;
  for (let i = 0; i < length; i++) {
    if (known[i] !== source[start + i]) return false;
  }
  return true;
}

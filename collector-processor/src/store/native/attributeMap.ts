import type { Attributes } from '../../otlp/attributes';
import { type Shape, shapeNote } from '../../otlp/shapeTrie';
import { VALUE_KIND } from '../../otlp/valueKind';
import type { ByteBuffer } from './byteBuffer';
import { MapColumn } from './mapColumn';
import { writeDouble } from './writeDouble';

/**
 * Attributes that we add to a span's own, always the same keys together. Sorted positions among a shape's keys are
 * worked out once per shape.
 */
export class AddedKeys {
  readonly keys: readonly string[];
  private readonly note = shapeNote();

  constructor(keys: readonly string[]) {
    this.keys = keys;
  }

  /**
   * Keys of both in byte order: an index of the shape's keys, or -1 - index of the added ones. Null when one of them is
   * among the shape's own: nothing that a service sent is ever overwritten.
   */
  orderWith(shape: Shape<unknown>): Int16Array | null {
    const { notes } = shape;
    const known = notes[this.note] as Int16Array | null | undefined;
    if (known !== undefined) return known;
    const order = this.keys.some((key) => shape.keys.includes(key)) ? null : this.sortedWith(shape);
    // Filled up to its place: an array with holes is slow to read.
    while (notes.length <= this.note) notes.push(undefined);
    notes[this.note] = order;
    return order;
  }

  private sortedWith(shape: Shape<unknown>): Int16Array {
    const own = Array.from(shape.sorted, (index) => ({ index, key: shape.keys[index]! }));
    const added = this.keys.map((key, index) => ({ index: -1 - index, key }));
    return Int16Array.from(
      [...own, ...added].sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key))),
      (entry) => entry.index,
    );
  }
}

/** Attributes to add to one list: the keys, and a text for each. */
export interface Added {
  keys: AddedKeys;
  readonly texts: string[];
}

/** `Map(LowCardinality(String), String)` filled from attributes: keys sorted, every value as the exporter writes it. */
export class AttributeMapColumn extends MapColumn {
  /** Position in this block's dictionary by the trie's key id; -1 when it is not in it yet. */
  private locals = new Int32Array(1024).fill(-1);
  private generation = -1;

  constructor() {
    super('String', 65_536);
  }

  /** One row, or one element's map where the map is inside a Nested. */
  push(attributes: Attributes<unknown>): void {
    const { keyIds, sorted } = attributes.shape;
    this.meet(attributes);
    for (const index of sorted) {
      this.pushKey(attributes, keyIds[index]!);
      writeValue(attributes, index, this.values.values);
    }
    this.endRow();
  }

  /** As `push`, with the added ones among them, unless the list has one of their keys. */
  pushWith(attributes: Attributes<unknown>, { keys, texts }: Added): void {
    const { shape } = attributes;
    const order = keys.orderWith(shape);
    if (order === null) {
      this.push(attributes);
      return;
    }
    this.meet(attributes);
    for (const index of order) {
      if (index >= 0) {
        this.pushKey(attributes, shape.keyIds[index]!);
        writeValue(attributes, index, this.values.values);
      } else {
        this.keys.pushText(keys.keys[-1 - index]!);
        this.values.values.string(texts[-1 - index]!);
      }
    }
    this.endRow();
  }

  /** Where the next row will start, for `repeat`. */
  position(): { keys: number; values: number } {
    return { keys: this.keys.indexes.length, values: this.values.values.length };
  }

  /** Writes the row between two positions for `times` more rows: a resource's map, for a metric's points. */
  repeatRows(
    from: { keys: number; values: number },
    to: { keys: number; values: number },
    times: number,
  ): void {
    if (times === 0) return;
    const firstKey = this.keys.indexes.length;
    const firstValue = this.values.values.length;
    this.repeat(from, to);
    this.keys.indexes.repeat(firstKey, times - 1);
    this.values.values.repeat(firstValue, times - 1);
    const size = to.keys - from.keys;
    for (let row = 2; row <= times; row++) this.endRowAt(firstKey + size * row);
  }

  /** Writes the entries between two positions once more: a resource's map, for each of its spans. */
  repeat(from: { keys: number; values: number }, to: { keys: number; values: number }): void {
    // A map without entries is common: most scopes have no attributes.
    if (to.keys > from.keys) {
      const { indexes } = this.keys;
      indexes.grow(to.keys - from.keys);
      const list = indexes.values;
      let at = indexes.length;
      // A loop: a call of the built-in costs more than a few stores.
      for (let own = from.keys; own < to.keys; own++) list[at++] = list[own]!;
      indexes.length = at;
      const { values } = this.values;
      values.reserve(to.values - from.values);
      values.bytes.copyWithin(values.length, from.values, to.values);
      values.length += to.values - from.values;
    }
    this.endRow();
  }

  override reset(): void {
    super.reset();
    this.locals.fill(-1);
  }

  /** Key ids change their meaning when the trie forgot; they also grow beyond what is known here. */
  private meet({ trie }: Attributes<unknown>): void {
    if (trie.generation !== this.generation) {
      this.generation = trie.generation;
      this.locals.fill(-1);
    }
    if (trie.keys.size > this.locals.length) {
      const next = new Int32Array(trie.keys.size * 2).fill(-1);
      next.set(this.locals);
      this.locals = next;
    }
  }

  private pushKey(attributes: Attributes<unknown>, keyId: number): void {
    let local = this.locals[keyId]!;
    if (local < 0) {
      local = this.locals[keyId] = this.keys.addEntry(attributes.trie.keys.bytesOf(keyId));
    }
    this.keys.indexes.push(local);
  }
}

function writeValue(attributes: Attributes<unknown>, index: number, to: ByteBuffer): void {
  const start = attributes.starts[index]!;
  switch (attributes.kinds[index]) {
    case VALUE_KIND.text:
      to.text(attributes.reader, start, attributes.ends[index]!);
      break;
    case VALUE_KIND.int:
      if (attributes.ends[index]! - start <= 4) to.smallInt(attributes.number(index));
      else to.string(attributes.format(index));
      break;
    case VALUE_KIND.double: {
      const value = attributes.number(index);
      if (value > 0 && value < 2147483648 && value === (value | 0)) to.smallInt(value);
      else writeDouble(to, value);
      break;
    }
    default:
      to.string(attributes.format(index));
  }
}

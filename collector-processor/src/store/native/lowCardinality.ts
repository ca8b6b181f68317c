import { KeyTable } from '../../otlp/keyTable';
import type { WireReader } from '../../otlp/wire';
import { ByteBuffer } from './byteBuffer';
import type { BlockSink, Column } from './nativeBlock';

/** `SharedDictionariesWithAdditionalKeys`, the only version there is. */
const VERSION = 1;
/** The block brings its own dictionary (HasAdditionalKeys) and it replaces the one before (NeedUpdateDictionary). */
const FLAGS = 0x600;

/** A growing list of 32-bit numbers. */
export class IndexList {
  values = new Uint32Array(4096);
  length = 0;
  private narrow = new ArrayBuffer(0);

  push(value: number): void {
    if (this.length === this.values.length) this.grow(1);
    this.values[this.length++] = value;
  }

  /** Makes room for `count` more. */
  grow(count: number): void {
    if (this.length + count <= this.values.length) return;
    const next = new Uint32Array(Math.max(this.values.length * 2, this.length + count));
    next.set(this.values);
    this.values = next;
  }

  /** The numbers with 2^`width` bytes each, which they must fit into; valid until the list changes or is packed again. */
  packed(width: number): Buffer {
    const { length } = this;
    const values = this.values.subarray(0, length);
    if (width === 2) return Buffer.from(values.buffer, 0, length * 4);
    const size = length << width;
    // Kept from block to block: memory outside the heap that comes and goes makes the collector run more often.
    if (this.narrow.byteLength < size) this.narrow = new ArrayBuffer(this.values.length * 2);
    const list =
      width === 0
        ? new Uint8Array(this.narrow, 0, length)
        : new Uint16Array(this.narrow, 0, length);
    // Not `from`, which goes from element to element through JavaScript's own protocol for it.
    list.set(values);
    return Buffer.from(this.narrow, 0, size);
  }

  /** Pushes all behind `from` `times` more times. */
  repeat(from: number, times: number): void {
    const size = this.length - from;
    const total = size * (times + 1);
    this.grow(total - size);
    if (size === 1) this.values.fill(this.values[from]!, from + 1, from + total);
    else {
      for (let done = size; done < total; done *= 2) {
        this.values.copyWithin(from + done, from, from + Math.min(done, total - done));
      }
    }
    this.length = from + total;
  }
}

/**
 * `LowCardinality(String)`: a dictionary and an index per row. Bytes are recognised by a table that outlives the block,
 * JavaScript strings by a map of the block.
 */
export class LowCardinalityColumn implements Column {
  readonly type = 'LowCardinality(String)';
  readonly indexes = new IndexList();
  private readonly entries = new ByteBuffer(4096);
  private size = 0;
  private readonly byText = new Map<string, number>();
  private readonly textsByIndex: string[] = [];
  private readonly successors: number[] = [];
  private lastRotating = 0;
  private table = new KeyTable(256);
  /** Position in this block's dictionary by id of `table`; -1 when it is not in it yet. */
  private locals = new Int32Array(256).fill(-1);
  private lastText = '';
  private lastTextIndex = -1;
  private otherText = '';
  private otherTextIndex = -1;
  private lastId = -1;
  private marked = 0;

  /** Ids of the table before it is thrown away: bounds memory when values never repeat. */
  private static readonly MAX_KNOWN = 20_000;

  pushBytes(reader: WireReader, start: number, end: number): void {
    const length = end - start;
    const last = this.lastId;
    const id =
      last >= 0 && this.table.equals(last, reader.view, start, length)
        ? last
        : this.table.intern(reader.bytes, start, length);
    this.lastId = id;
    if (id >= this.locals.length) this.growLocals();
    let index = this.locals[id]!;
    if (index < 0) {
      index = this.locals[id] = this.size++;
      this.entries.text(reader, start, end);
    }
    this.indexes.push(index);
  }

  /** Most columns repeat one text, or go back and forth between two kinds of rows. */
  pushText(text: string): void {
    if (text !== this.lastText || this.lastTextIndex < 0) {
      const { lastText, lastTextIndex } = this;
      const known = text === this.otherText && this.otherTextIndex >= 0;
      this.lastTextIndex = known ? this.otherTextIndex : this.indexOfText(text);
      this.lastText = text;
      this.otherText = lastText;
      this.otherTextIndex = lastTextIndex;
    }
    this.indexes.push(this.lastTextIndex);
  }

  /** As `pushText` where texts come in the same order again and again: guesses the one that followed last time. */
  pushRotating(text: string): void {
    const guess = this.successors[this.lastRotating];
    let index = guess ?? -1;
    if (index < 0 || this.textsByIndex[index] !== text) {
      index = this.indexOfText(text);
      this.successors[this.lastRotating] = index;
    }
    this.lastRotating = index;
    this.indexes.push(index);
  }

  /** The position of a text in this block's dictionary. */
  indexOfText(text: string): number {
    let index = this.byText.get(text);
    if (index === undefined) {
      index = this.size++;
      this.entries.string(text);
      this.byText.set(text, index);
      this.textsByIndex[index] = text;
    }
    return index;
  }

  /** The text of a row, in a column filled with texts. */
  textOf(row: number): string {
    return this.textsByIndex[this.indexes.values[row]!]!;
  }

  /** The position of a text in this block's dictionary; -1 when no row has it. */
  knownIndex(text: string): number {
    return this.byText.get(text) ?? -1;
  }

  /** Adds an entry without looking whether it is there; for callers that keep track themselves. */
  addEntry(bytes: Buffer): number {
    this.entries.varint(bytes.length);
    this.entries.raw(bytes);
    return this.size++;
  }

  mark(): void {
    this.marked = this.indexes.length;
  }

  rollback(): void {
    this.indexes.length = this.marked;
  }

  reset(): void {
    this.indexes.length = this.marked = this.size = this.entries.length = 0;
    this.byText.clear();
    this.textsByIndex.length = this.successors.length = this.lastRotating = 0;
    this.lastTextIndex = this.otherTextIndex = -1;
    if (this.table.size > LowCardinalityColumn.MAX_KNOWN) {
      this.table = new KeyTable(256);
      this.lastId = -1;
    }
    this.locals.fill(-1);
  }

  writePrefix(sink: BlockSink): void {
    sink.small.int64(VERSION, 0);
  }

  writeBody(sink: BlockSink): void {
    const { length } = this.indexes;
    if (length === 0) return;
    const width = this.size <= 256 ? 0 : this.size <= 65_536 ? 1 : 2;
    sink.small.int64(FLAGS | width, 0);
    sink.small.integer(this.size);
    sink.raw(this.entries.filled());
    sink.small.integer(length);
    sink.raw(this.indexes.packed(width));
  }

  private growLocals(): void {
    const next = new Int32Array(Math.max(this.locals.length * 2, this.table.size)).fill(-1);
    next.set(this.locals);
    this.locals = next;
  }
}

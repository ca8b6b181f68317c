import { DecodeError } from '../../core/errors';
import { VALUE_TAG } from '../valueKind';
import type { WireReader } from '../wire';
import type { EditList } from './editList';
import { lengthBytes, prefixed, textAttribute, textValue } from './encode';
import { readMark } from './readMark';
import { isLargeDouble, SHORTEST_NUMBER } from './numberSize';
import { valueText } from './valueText';
import type { Change, RewriteVisitor } from './rewriteVisitor';

/** Instead of a growth: the visitor wants the value gone, and with it what holds it. */
export const REMOVED = Number.MIN_SAFE_INTEGER;

/** What was changed in the message being walked, and marks that it brought along. */
export interface Mark {
  readonly kinds: Set<string>;
  readonly earlier: {
    readonly start: number;
    readonly end: number;
    readonly kinds: readonly string[];
  }[];
}

const EMPTY = new Uint8Array(0);
const NO_LENGTH = Uint8Array.of(0);

/** Walks attributes and values. Every method returns by how much its part of the request grows. */
export class ValueRewriter {
  /** Undefined until something is to be told of the message being walked. */
  private record: Mark | undefined;
  private readonly reader: WireReader;
  private readonly edits: EditList;
  private readonly visitor: RewriteVisitor;
  private readonly maxNesting: number;
  private depth = 0;
  /** The key last shown: that of the values that come. */
  private keyStart = 0;
  private keyLength = 0;

  constructor(reader: WireReader, edits: EditList, visitor: RewriteVisitor, maxNesting: number) {
    this.reader = reader;
    this.edits = edits;
    this.visitor = visitor;
    this.maxNesting = maxNesting;
  }

  begin(): void {
    this.depth = 0;
    this.record = undefined;
  }

  /** Shows the visitor a key; length 0: the values that follow have none. */
  showKey(start: number, length: number): boolean {
    this.keyStart = start;
    this.keyLength = length;
    return this.visitor.key(start, length);
  }

  /** Begins to note what is changed in another message; returns what was noted so far. */
  exchangeRecord(record: Mark | undefined): Mark | undefined {
    const before = this.record;
    this.record = record;
    return before;
  }

  note({ kinds }: Change): void {
    const mark = (this.record ??= { kinds: new Set(), earlier: [] });
    for (const kind of kinds) mark.kinds.add(kind);
  }

  /** Patches the length of a message whose content grew. */
  resize(lengthAt: number, start: number, end: number, growth: number): number {
    if (growth === 0) return 0;
    return growth + this.edits.replace(lengthAt, start, lengthBytes(end - start + growth));
  }

  /** Moves over fields with this one-byte tag as long as each is a `KeyValue` that passes; returns where the next one starts. */
  pass(tag: number, from: number, end: number): number {
    const { bytes } = this.reader;
    // A list that is nested too deeply is to be emptied.
    const lists = this.depth < this.maxNesting;
    let start = from;
    while (start + 2 < end && bytes[start] === tag) {
      let at = start + 2;
      let length = bytes[start + 1]!;
      if (length >= 128) {
        if (bytes[at]! >= 128) break;
        length += (bytes[at]! - 1) << 7;
        at++;
      }
      if (at + length > end || !this.visitor.passes(at, at + length, lists)) break;
      start = at + length;
    }
    return start;
  }

  /** A `KeyValue` in [reader.position, end), whose field starts at `start` and has its length at `lengthAt`. */
  attribute(start: number, lengthAt: number, end: number): number {
    const { reader, visitor, edits } = this;
    const from = reader.position;
    let keyStart = from;
    let keyEnd = from;
    let change: Change | undefined;
    let isMark = false;
    this.showKey(from, 0);
    while (reader.position < end) {
      const tag = reader.uint32();
      if (tag === 10) {
        keyEnd = reader.end(end);
        keyStart = reader.position;
        reader.position = keyEnd;
        if (this.showKey(keyStart, keyEnd - keyStart)) {
          change ??= visitor.changeByKey(() => valueText(reader, from, end));
          isMark = visitor.isMark();
        }
      } else reader.skip(tag, end);
    }
    if (reader.position !== end) throw new DecodeError('attribute is cut off', reader.position);
    if (isMark && this.depth === 0 && this.keepMark(start, keyEnd, end)) return 0;
    if (change === undefined) {
      const before = edits.length;
      const growth = this.valuesOf(from, end);
      if (growth !== REMOVED) return this.resize(lengthAt, from, end, growth);
      edits.cut(before);
      return edits.replace(start, end, EMPTY);
    }
    this.note(change);
    if (change.text === undefined) return edits.replace(start, end, EMPTY);
    const key = reader.bytes.subarray(keyStart, keyEnd);
    return edits.replace(lengthAt, end, textAttribute(key, change.text));
  }

  /** False when the attribute only has the name of a mark. */
  private keepMark(start: number, keyEnd: number, end: number): boolean {
    const kinds = readMark(this.reader, keyEnd, end);
    if (kinds === undefined) return false;
    const mark = (this.record ??= { kinds: new Set(), earlier: [] });
    mark.earlier.push({ start, end, kinds });
    return true;
  }

  /** The values of a `KeyValue`; one, unless somebody means to hide something. */
  private valuesOf(from: number, end: number): number {
    const { reader } = this;
    let growth = 0;
    reader.position = from;
    while (reader.position < end) {
      const tag = reader.uint32();
      if (tag !== 18) {
        reader.skip(tag, end);
        continue;
      }
      const lengthAt = reader.position;
      const valueEnd = reader.end(end);
      const grown = this.value(lengthAt, valueEnd);
      if (grown === REMOVED) return REMOVED;
      growth += grown;
      reader.position = valueEnd;
    }
    return growth;
  }

  /** An `AnyValue` in [reader.position, end). All that its oneof holds is looked at, not only the case that wins. */
  value(lengthAt: number, end: number): number {
    const { reader } = this;
    const from = reader.position;
    let growth = 0;
    while (reader.position < end) {
      const start = reader.position;
      const tag = reader.uint32();
      const grown = this.oneValue(tag, start, end);
      if (grown === REMOVED) return REMOVED;
      growth += grown;
    }
    if (reader.position !== end) throw new DecodeError('value is cut off', reader.position);
    return this.resize(lengthAt, from, end, growth);
  }

  private oneValue(tag: number, start: number, limit: number): number {
    const { reader } = this;
    const at = reader.position;
    switch (tag) {
      case VALUE_TAG.text:
      case VALUE_TAG.bytes: {
        const end = reader.end(limit);
        const change = this.visitor.text(reader.position, end);
        reader.position = end;
        return this.changed(change, at, end, prefixed);
      }
      case VALUE_TAG.int: {
        reader.uint32();
        const end = reader.position;
        if (end > limit) throw new DecodeError('varint reaches past its message', at);
        if (end - at < SHORTEST_NUMBER) return 0;
        reader.position = at;
        const value = reader.int64();
        return value < 0n ? 0 : this.numberChanged(value.toString(), start, end);
      }
      case VALUE_TAG.double: {
        reader.fixed64(limit);
        if (!isLargeDouble(reader.bytes[at + 7]!)) return 0;
        const value = reader.view.getFloat64(at, true);
        return Number.isSafeInteger(value) ? this.numberChanged(String(value), start, at + 8) : 0;
      }
      case VALUE_TAG.array:
      case VALUE_TAG.map:
        return this.container(tag === VALUE_TAG.map, limit);
      default:
        reader.skip(tag, limit);
        return 0;
    }
  }

  private numberChanged(digits: string, start: number, end: number): number {
    return this.changed(this.visitor.number(digits), start, end, textValue);
  }

  private changed(
    change: Change | undefined,
    start: number,
    end: number,
    encode: (text: Uint8Array) => Uint8Array,
  ): number {
    if (change === undefined) return 0;
    this.note(change);
    return change.text === undefined
      ? REMOVED
      : this.edits.replace(start, end, encode(change.text));
  }

  /** The items of an array or the entries of a map; the reader stands at its length. */
  private container(isMap: boolean, limit: number): number {
    const { reader, edits, keyStart, keyLength } = this;
    const lengthAt = reader.position;
    const end = reader.end(limit);
    const from = reader.position;
    if (this.depth >= this.maxNesting) {
      reader.position = end;
      return from === end ? 0 : edits.replace(lengthAt, end, NO_LENGTH);
    }
    this.depth++;
    let growth = 0;
    while (reader.position < end) {
      const start = isMap ? this.pass(10, reader.position, end) : reader.position;
      if (start === end) {
        reader.position = end;
        break;
      }
      reader.position = start;
      const tag = reader.uint32();
      if (tag !== 10) {
        reader.skip(tag, end);
        continue;
      }
      const itemLengthAt = reader.position;
      const itemEnd = reader.end(end);
      growth += isMap
        ? this.attribute(start, itemLengthAt, itemEnd)
        : this.item(start, itemLengthAt, itemEnd);
      reader.position = itemEnd;
    }
    this.depth--;
    // What follows in a list around this map stands under the list's key, not under the last one of the map.
    if (isMap) this.showKey(keyStart, keyLength);
    if (reader.position !== end) throw new DecodeError('list is cut off', reader.position);
    return this.resize(lengthAt, from, end, growth);
  }

  private item(start: number, lengthAt: number, end: number): number {
    const before = this.edits.length;
    const growth = this.value(lengthAt, end);
    if (growth !== REMOVED) return growth;
    this.edits.cut(before);
    return this.edits.replace(start, end, EMPTY);
  }
}

import { DecodeError } from '../../core/errors';
import { VALUE_TAG } from '../valueKind';
import type { WireReader } from '../wire';
import type { EditList } from './editList';
import { lengthBytes, prefixed, textAttribute, textValue } from './encode';
import { readMark } from './readMark';
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
/** Varints shorter than this are numbers of at most seven digits, which no detector looks at. */
const SHORTEST_NUMBER = 4;

/** Walks attributes and values. Every method returns by how much its part of the request grows. */
export class ValueRewriter {
  /** Undefined until something is to be told of the message being walked. */
  private record: Mark | undefined;
  private readonly reader: WireReader;
  private readonly edits: EditList;
  private readonly visitor: RewriteVisitor;
  private readonly maxNesting: number;
  private depth = 0;

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

  /** A `KeyValue` in [reader.position, end), whose field starts at `start` and has its length at `lengthAt`. */
  attribute(start: number, lengthAt: number, end: number): number {
    const { bytes, position } = this.reader;
    const keyLength = bytes[position + 1]!;
    const keyEnd = position + 2 + keyLength;
    const valueLength = bytes[keyEnd + 1]!;
    // As all encoders write it: key, then value, both shorter than 128 bytes.
    if (
      bytes[position] === 10 &&
      keyLength < 128 &&
      bytes[keyEnd] === 18 &&
      valueLength < 128 &&
      keyEnd + 2 + valueLength === end &&
      !this.visitor.key(position + 2, keyLength) &&
      this.isHarmless(keyEnd + 2, end)
    ) {
      return 0;
    }
    return this.attributeSlowly(start, lengthAt, end);
  }

  /** Whether an `AnyValue` is of a simple form and surely holds nothing to change. */
  private isHarmless(start: number, end: number): boolean {
    const { bytes } = this.reader;
    const textLength = bytes[start + 1]!;
    switch (bytes[start]) {
      case VALUE_TAG.text:
        return (
          textLength < 128 &&
          start + 2 + textLength === end &&
          !this.visitor.suspects(start + 2, end)
        );
      case VALUE_TAG.double:
        return start + 9 === end && !isLarge(bytes[start + 8]!);
      case VALUE_TAG.int:
      case VALUE_TAG.bool: {
        let at = start + 1;
        while (bytes[at]! >= 128) at++;
        return at + 1 === end && end - start <= SHORTEST_NUMBER;
      }
      default:
        return start === end;
    }
  }

  private attributeSlowly(start: number, lengthAt: number, end: number): number {
    const { reader, visitor, edits } = this;
    const from = reader.position;
    let keyStart = from;
    let keyEnd = from;
    let change: Change | undefined;
    let isMark = false;
    visitor.key(from, 0);
    while (reader.position < end) {
      const tag = reader.uint32();
      if (tag === 10) {
        keyEnd = reader.end(end);
        keyStart = reader.position;
        reader.position = keyEnd;
        if (visitor.key(keyStart, keyEnd - keyStart)) {
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
        if (!isLarge(reader.bytes[at + 7]!)) return 0;
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
    const { reader, edits } = this;
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
      const start = reader.position;
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

/** Whether a double with this highest byte may be a whole number of eleven digits or more: 2^33 to 2^65. */
const isLarge = (highest: number): boolean => highest === 0x42 || highest === 0x43;

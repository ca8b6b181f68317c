import { DecodeError, LimitError } from '../core/errors';
import { REDACTED_ATTRIBUTE } from '../core/redaction';
import { forEachEntry, isTrue, readAnyValue } from './anyValue';
import type { ValueSpan } from './anyValue';
import type { Shape, ShapeNode, ShapeTrie } from './shapeTrie';
import { VALUE_KIND, VALUE_TAG, type ValueKind } from './valueKind';
import type { ValueTexts } from './valueTexts';
import type { WireReader } from './wire';

const MARK = Buffer.concat([
  Buffer.of(10, REDACTED_ATTRIBUTE.length),
  Buffer.from(REDACTED_ATTRIBUTE),
]);

/**
 * One list of attributes, as places in the request's bytes. Reused for list after list: `begin`, `add` per attribute,
 * then read `shape` and the values by their position in it.
 */
export class Attributes<Plan> {
  readonly trie: ShapeTrie<Plan>;
  count = 0;
  /** By position in wire order: what kind of value, and the bytes of it without tag and length. */
  readonly kinds: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** What `starts` and `ends` point into. */
  readonly reader: WireReader;
  private readonly values: ValueTexts;
  private node: ShapeNode<Plan>;
  private readonly value: ValueSpan = { kind: VALUE_KIND.empty, start: 0, end: 0 };

  constructor(trie: ShapeTrie<Plan>, values: ValueTexts) {
    const { reader } = values;
    const { maxAttributes } = reader.limits;
    // One more for the mark of redaction: what a sender may send must not be refused because of what we add.
    this.kinds = new Uint8Array(maxAttributes + 1);
    this.starts = new Int32Array(maxAttributes + 1);
    this.ends = new Int32Array(maxAttributes + 1);
    this.trie = trie;
    this.reader = reader;
    this.values = values;
    this.node = trie.root;
  }

  begin(): void {
    this.trie.forgetIfFull();
    this.node = this.trie.root;
    this.count = 0;
  }

  get shape(): Shape<Plan> {
    return this.trie.shapeOf(this.node);
  }

  /** Takes the `KeyValue` in [reader.position, end). */
  add(end: number): void {
    const { maxAttributes } = this.reader.limits;
    if (this.count >= maxAttributes && !this.hasRoomFor(end)) {
      throw new LimitError('receive.limits.maxAttributes', `more than ${maxAttributes} attributes`);
    }
    const reader = this.reader;
    const bytes = reader.bytes;
    const position = reader.position;
    // What every SDK sends: key, then value, both lengths in one or two bytes, nothing else.
    const keyLength = bytes[position + 1]!;
    const keyStart = position + 2;
    let at = keyStart + keyLength;
    if (bytes[position] !== 10 || keyLength > 127 || at + 2 > end || bytes[at] !== 18) {
      this.addSlowly(end);
      return;
    }
    let valueLength = bytes[at + 1]!;
    at += 2;
    if (valueLength > 127) {
      reader.position = at - 1;
      valueLength = reader.uint32();
      at = reader.position;
    }
    if (at + valueLength !== end) {
      this.addSlowly(end, position);
      return;
    }
    this.node = this.trie.step(this.node, bytes, reader.view, keyStart, keyLength);
    this.setValue(at, end);
    reader.position = end;
  }

  /** The kind of value at this position. */
  kind(index: number): ValueKind {
    return this.kinds[index] as ValueKind;
  }

  /** Any value as text, as `otel_*` tables hold it. Repeating texts are made only once. */
  text(index: number): string {
    return this.kinds[index] === VALUE_KIND.text
      ? this.values.text(this.starts[index]!, this.ends[index]!)
      : this.format(index);
  }

  /** As `text`, for values that hardly repeat, ids for example. */
  uniqueText(index: number): string {
    return this.kinds[index] === VALUE_KIND.text
      ? this.reader.bytes.toString('utf8', this.starts[index], this.ends[index])
      : this.format(index);
  }

  /** An int or double as number (integers above 2^53 rounded); NaN for every other kind. */
  number(index: number): number {
    const start = this.starts[index]!;
    switch (this.kind(index)) {
      case VALUE_KIND.double:
        return this.reader.view.getFloat64(start, true);
      case VALUE_KIND.int: {
        const length = this.ends[index]! - start;
        this.reader.position = start;
        return length <= 4 ? this.reader.uint32() : Number(this.reader.int64());
      }
      default:
        return NaN;
    }
  }

  /** True only for the boolean true. */
  flag(index: number): boolean {
    return this.kinds[index] === VALUE_KIND.bool && isTrue(this.reader, this.starts[index]!);
  }

  /** The elements of an array as texts; a single value is a list of one. */
  list(index: number): readonly string[] {
    return this.kinds[index] === VALUE_KIND.array
      ? this.values.items(this.starts[index]!, this.ends[index]!)
      : [this.text(index)];
  }

  /** The entries of a map value as texts; none for every other kind. */
  entries(index: number): [key: string, value: string][] {
    const entries: [string, string][] = [];
    if (this.kinds[index] === VALUE_KIND.map) {
      forEachEntry(this.reader, this.spanOf(index), (key, value) =>
        entries.push([key, this.values.format(value)]),
      );
    }
    return entries;
  }

  /** A value that is not text, formatted as text. */
  format(index: number): string {
    return this.values.format(this.spanOf(index));
  }

  private spanOf(index: number): ValueSpan {
    return {
      kind: this.kinds[index] as ValueKind,
      start: this.starts[index]!,
      end: this.ends[index]!,
    };
  }

  /** Whether the `KeyValue` in [reader.position, end) is the mark, which comes on top of the limit once. */
  private hasRoomFor(end: number): boolean {
    const { bytes, position } = this.reader;
    return this.count < this.kinds.length && bytes.subarray(position, end).indexOf(MARK) === 0;
  }

  private setValue(start: number, end: number): void {
    const bytes = this.reader.bytes;
    const index = this.count++;
    const tag = bytes[start]!;
    if (tag === VALUE_TAG.text) {
      const length = bytes[start + 1]!;
      if (length < 128 && start + 2 + length === end) {
        this.set(index, VALUE_KIND.text, start + 2, end);
        return;
      }
    } else if (tag === VALUE_TAG.double && start + 9 === end) {
      this.set(index, VALUE_KIND.double, start + 1, end);
      return;
    } else if (tag === VALUE_TAG.int && start + 2 === end && bytes[start + 1]! < 128) {
      this.set(index, VALUE_KIND.int, start + 1, end);
      return;
    }
    this.reader.position = start;
    readAnyValue(this.reader, end, this.value);
    this.set(index, this.value.kind, this.value.start, this.value.end);
  }

  private set(index: number, kind: ValueKind, start: number, end: number): void {
    this.kinds[index] = kind;
    this.starts[index] = start;
    this.ends[index] = end;
  }

  /** A `KeyValue` in any form that protobuf allows. */
  private addSlowly(end: number, position = this.reader.position): void {
    const reader = this.reader;
    reader.position = position;
    let keyStart = position;
    let keyEnd = position;
    const index = this.count++;
    this.set(index, VALUE_KIND.empty, position, position);
    while (reader.position < end) {
      const tag = reader.uint32();
      if (tag === 10) {
        keyEnd = reader.end(end);
        keyStart = reader.position;
        reader.position = keyEnd;
      } else if (tag === 18) {
        readAnyValue(reader, reader.end(end), this.value);
        this.set(index, this.value.kind, this.value.start, this.value.end);
      } else {
        reader.skip(tag, end);
      }
    }
    if (reader.position !== end) throw new DecodeError('attribute is cut off', reader.position);
    this.node = this.trie.step(this.node, reader.bytes, reader.view, keyStart, keyEnd - keyStart);
  }
}

import { InternTable } from '../otlp/internTable';
import { tagOf, WIRE, type WireReader } from '../otlp/wire';
import type { ByteBuffer } from '../store/native/byteBuffer';
import { storedValue } from './jsonValue';
import { KEY, KeyKinds, SERVICE, type StoredKeys } from './keyKinds';
import type { Places } from './places';
import { type StoredRow, TEXT } from './storedRow';

const LOCAL = Buffer.from('local');

const sizeOfLength = (length: number): number =>
  length < 128 ? 1 : length < 16_384 ? 2 : length < 2_097_152 ? 3 : length < 268_435_456 ? 4 : 5;

/** Writes stored maps as lists of `KeyValue`. */
export class AttributeWriter {
  private readonly out: ByteBuffer;
  private readonly kinds: KeyKinds;
  private readonly nested = new InternTable(4096, (source, start, end) =>
    storedValue(source.toString('utf8', start, end)),
  );
  private readonly tenants = new InternTable(1024, (source, start, end) =>
    source.toString('utf8', start, end),
  );
  private readonly costKeys: number;

  constructor(out: ByteBuffer, keys: StoredKeys) {
    this.out = out;
    this.kinds = new KeyKinds(keys);
    this.costKeys = keys.cost.amount.length;
  }

  /** To be called before the other two that are about a resource. */
  openResource({ reader, resource }: StoredRow): void {
    this.kinds.read(reader.bytes, resource, 0, resource.size);
  }

  /** The tenant that the row was stored under, if it names one. */
  tenantOf({ reader, resource }: StoredRow): string | undefined {
    const { of, counts } = this.kinds;
    if (counts[KEY.tenant] === 0) return undefined;
    const at = 4 * of.indexOf(KEY.tenant);
    return this.tenants.get(reader.bytes, resource.at[at + 2]!, resource.at[at + 3]!);
  }

  /** Attributes of a `Resource`; the column of the service's name speaks where its map does not. */
  writeResource(row: StoredRow): void {
    const { resource, texts } = row;
    const tag = tagOf(1, WIRE.bytes);
    for (let at = 0; at < resource.size; at += 4) this.writeText(row, resource, at, tag);
    const start = texts.at[TEXT.service]!;
    const end = texts.at[TEXT.service + 1]!;
    if (this.kinds.counts[KEY.service]! > 0 || start === end) return;
    const { out } = this;
    const textSize = 1 + sizeOfLength(end - start) + end - start;
    out.byte(tag);
    out.varint(2 + SERVICE.length + 1 + sizeOfLength(textSize) + textSize);
    out.byte(tagOf(1, WIRE.bytes));
    out.string(SERVICE);
    this.writeValue(row.reader, start, end, textSize);
  }

  /** Attributes of a `Span`, without what the store added to them. */
  writeSpan(row: StoredRow): void {
    const { attributes } = row;
    const { kinds } = this;
    const tag = tagOf(9, WIRE.bytes);
    kinds.read(row.reader.bytes, attributes, 0, attributes.size);
    const hasOurCost = this.hasOurCost(row);
    for (let at = 0; at < attributes.size; at += 4) {
      const kind = kinds.of[at >> 2];
      if (kind === KEY.nested) this.writeNested(row, attributes, at, tag);
      else if (kind !== KEY.costStatus && !(hasOurCost && kind === KEY.costAmount)) {
        this.writeText(row, attributes, at, tag);
      }
    }
  }

  /** Attributes of a `Span.Event`. */
  writeEvent(row: StoredRow, event: number): void {
    const { eventEntries, eventBounds, reader } = row;
    const tag = tagOf(3, WIRE.bytes);
    if (2 * event >= eventBounds.size) return;
    const first = eventBounds.at[2 * event]!;
    const end = eventBounds.at[2 * event + 1]!;
    this.kinds.read(reader.bytes, eventEntries, first, end);
    for (let at = first; at < end; at += 4) {
      const isNested = this.kinds.of[(at - first) >> 2] === KEY.nested;
      if (isNested) this.writeNested(row, eventEntries, at, tag);
      else this.writeText(row, eventEntries, at, tag);
    }
  }

  /**
   * Whether the cost on the span was added by the store: it adds the status with all or none of the others, and calls
   * its own cost `local`.
   */
  private hasOurCost({ reader, attributes }: StoredRow): boolean {
    const { of, counts } = this.kinds;
    if (counts[KEY.costStatus] === 0 || counts[KEY.costAmount] !== this.costKeys) return false;
    for (let at = 0; at < attributes.size; at += 4) {
      if (of[at >> 2] !== KEY.costAmount) continue;
      const start = attributes.at[at + 2]!;
      const end = attributes.at[at + 3]!;
      if (reader.bytes.compare(LOCAL, 0, LOCAL.length, start, end) === 0) return true;
    }
    return false;
  }

  private writeText({ reader }: StoredRow, { at: places }: Places, at: number, tag: number): void {
    const { out } = this;
    const keyStart = places[at]!;
    const keyEnd = places[at + 1]!;
    const start = places[at + 2]!;
    const end = places[at + 3]!;
    const keySize = 1 + sizeOfLength(keyEnd - keyStart) + keyEnd - keyStart;
    const textSize = 1 + sizeOfLength(end - start) + end - start;
    out.byte(tag);
    out.varint(keySize + 1 + sizeOfLength(textSize) + textSize);
    out.byte(tagOf(1, WIRE.bytes));
    out.text(reader, keyStart, keyEnd);
    this.writeValue(reader, start, end, textSize);
  }

  /** The `value` of a KeyValue: an AnyValue that holds a text. */
  private writeValue(reader: WireReader, start: number, end: number, textSize: number): void {
    const { out } = this;
    out.byte(tagOf(2, WIRE.bytes));
    out.varint(textSize);
    out.byte(tagOf(1, WIRE.bytes));
    out.text(reader, start, end);
  }

  private writeNested(
    { reader }: StoredRow,
    { at: places }: Places,
    at: number,
    tag: number,
  ): void {
    const { out } = this;
    const keyStart = places[at]!;
    const keyEnd = places[at + 1]!;
    const value = this.nested.get(reader.bytes, places[at + 2]!, places[at + 3]!);
    const keySize = 1 + sizeOfLength(keyEnd - keyStart) + keyEnd - keyStart;
    out.byte(tag);
    out.varint(keySize + 1 + sizeOfLength(value.length) + value.length);
    out.byte(tagOf(1, WIRE.bytes));
    out.text(reader, keyStart, keyEnd);
    out.byte(tagOf(2, WIRE.bytes));
    out.varint(value.length);
    out.raw(value);
  }
}

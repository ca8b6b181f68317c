import { InternTable } from '../otlp/internTable';
import { tagOf, WIRE } from '../otlp/wire';
import type { ByteBuffer } from '../store/native/byteBuffer';
import { storedValue } from './jsonValue';
import { type Places, type StoredRow, TEXT } from './storedRow';

/** Which attribute keys are read in a way of their own; all others are copied. */
export interface StoredKeys {
  /** Lists and maps that are stored as JSON and read element by element. */
  readonly nested: ReadonlySet<string>;
  /** What the store adds to the span of a call that it priced: the status, and the cost where it is our own. */
  readonly cost: { readonly status: string; readonly amount: readonly string[] };
  /** What the store adds to the resource of a named tenant. */
  readonly tenant: string;
}

const KEY = { other: 0, nested: 1, costStatus: 2, costAmount: 3, tenant: 4, service: 5 } as const;
type Key = (typeof KEY)[keyof typeof KEY];

const SERVICE = 'service.name';
const LOCAL = Buffer.from('local');

const sizeOfLength = (length: number): number =>
  length < 128 ? 1 : length < 16_384 ? 2 : length < 2_097_152 ? 3 : length < 268_435_456 ? 4 : 5;

/** Writes stored maps as lists of `KeyValue`. */
export class AttributeWriter {
  private readonly out: ByteBuffer;
  private readonly keys: InternTable<Key>;
  private readonly nested = new InternTable(4096, (source, start, end) =>
    storedValue(source.toString('utf8', start, end)),
  );
  private readonly tenants = new InternTable(1024, (source, start, end) =>
    source.toString('utf8', start, end),
  );
  private readonly costKeys: number;

  constructor(out: ByteBuffer, keys: StoredKeys) {
    this.out = out;
    this.costKeys = keys.cost.amount.length;
    const kinds = new Map<string, Key>([
      ...[...keys.nested].map((key) => [key, KEY.nested] as const),
      ...keys.cost.amount.map((key) => [key, KEY.costAmount] as const),
      [keys.cost.status, KEY.costStatus],
      [keys.tenant, KEY.tenant],
      [SERVICE, KEY.service],
    ]);
    this.keys = new InternTable(
      8192,
      (source, start, end) => kinds.get(source.toString('utf8', start, end)) ?? KEY.other,
    );
  }

  /** The tenant that the row was stored under, if it names one. */
  tenantOf({ reader, resource }: StoredRow): string | undefined {
    for (let at = 0; at < resource.length; at += 4) {
      if (this.keyOf(reader.bytes, resource, at) === KEY.tenant) {
        return this.tenants.get(reader.bytes, resource[at + 2]!, resource[at + 3]!);
      }
    }
    return undefined;
  }

  /** Attributes of a `Resource`; the column of the service's name speaks where its map does not. */
  writeResource(row: StoredRow): void {
    const { reader, resource, texts } = row;
    const tag = tagOf(1, WIRE.bytes);
    let named = false;
    for (let at = 0; at < resource.length; at += 4) {
      named ||= this.keyOf(reader.bytes, resource, at) === KEY.service;
      this.writeText(row, resource, at, tag);
    }
    const start = texts[TEXT.service]!;
    const end = texts[TEXT.service + 1]!;
    if (named || start === end) return;
    const { out } = this;
    const textSize = 1 + sizeOfLength(end - start) + end - start;
    out.byte(tag);
    out.varint(2 + SERVICE.length + 1 + sizeOfLength(textSize) + textSize);
    out.byte(tagOf(1, WIRE.bytes));
    out.string(SERVICE);
    this.writeValue(row, start, end, textSize);
  }

  /** Attributes of a `Span`, without what the store added to them. */
  writeSpan(row: StoredRow): void {
    const { attributes } = row;
    const tag = tagOf(9, WIRE.bytes);
    const hasOurCost = this.hasOurCost(row);
    for (let at = 0; at < attributes.length; at += 4) {
      const key = this.keyOf(row.reader.bytes, attributes, at);
      if (key === KEY.nested) this.writeNested(row, attributes, at, tag);
      else if (key !== KEY.costStatus && !(hasOurCost && key === KEY.costAmount)) {
        this.writeText(row, attributes, at, tag);
      }
    }
  }

  /** Attributes of a `Span.Event`. */
  writeEvent(row: StoredRow, event: number): void {
    const { eventEntries, eventBounds, reader } = row;
    const tag = tagOf(3, WIRE.bytes);
    const end = eventBounds[event + 1] ?? 0;
    for (let at = eventBounds[event] ?? 0; at < end; at += 4) {
      if (this.keyOf(reader.bytes, eventEntries, at) === KEY.nested) {
        this.writeNested(row, eventEntries, at, tag);
      } else this.writeText(row, eventEntries, at, tag);
    }
  }

  /**
   * Whether the cost on the span was added by the store: it adds the status with all or none of the others, and calls
   * its own cost `local`.
   */
  private hasOurCost({ reader, attributes }: StoredRow): boolean {
    const { bytes } = reader;
    let amounts = 0;
    let isLocal = false;
    let hasStatus = false;
    for (let at = 0; at < attributes.length; at += 4) {
      const key = this.keyOf(bytes, attributes, at);
      if (key === KEY.costStatus) hasStatus = true;
      else if (key === KEY.costAmount) {
        amounts++;
        const start = attributes[at + 2]!;
        const end = attributes[at + 3]!;
        isLocal ||= bytes.compare(LOCAL, 0, LOCAL.length, start, end) === 0;
      }
    }
    return hasStatus && isLocal && amounts === this.costKeys;
  }

  private keyOf(bytes: Buffer, entries: Places, at: number): Key {
    return this.keys.get(bytes, entries[at]!, entries[at + 1]!);
  }

  private writeText(row: StoredRow, entries: Places, at: number, tag: number): void {
    const { out } = this;
    const keyStart = entries[at]!;
    const keyEnd = entries[at + 1]!;
    const start = entries[at + 2]!;
    const end = entries[at + 3]!;
    const keySize = 1 + sizeOfLength(keyEnd - keyStart) + keyEnd - keyStart;
    const textSize = 1 + sizeOfLength(end - start) + end - start;
    out.byte(tag);
    out.varint(keySize + 1 + sizeOfLength(textSize) + textSize);
    out.byte(tagOf(1, WIRE.bytes));
    out.text(row.reader, keyStart, keyEnd);
    this.writeValue(row, start, end, textSize);
  }

  /** The `value` of a KeyValue: an AnyValue that holds a text. */
  private writeValue({ reader }: StoredRow, start: number, end: number, textSize: number): void {
    const { out } = this;
    out.byte(tagOf(2, WIRE.bytes));
    out.varint(textSize);
    out.byte(tagOf(1, WIRE.bytes));
    out.text(reader, start, end);
  }

  private writeNested({ reader }: StoredRow, entries: Places, at: number, tag: number): void {
    const { out } = this;
    const keyStart = entries[at]!;
    const keyEnd = entries[at + 1]!;
    const value = this.nested.get(reader.bytes, entries[at + 2]!, entries[at + 3]!);
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

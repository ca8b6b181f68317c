import { WireReader } from '../otlp/wire';
import { Places } from './places';

/** Where the texts of a row stand in `StoredRow.texts`. */
export const TEXT = {
  traceId: 0,
  spanId: 2,
  parentSpanId: 4,
  traceState: 6,
  kind: 8,
  status: 10,
  service: 12,
  scopeName: 14,
  scopeVersion: 16,
} as const;
const TEXTS = 9;
const TEXTS_BEFORE_RESOURCE = 6;

/**
 * One row of `otel_traces` as RowBinary has it (https://clickhouse.com/docs/interfaces/formats/RowBinary), as places in
 * the bytes; the columns are those of `storedTable.ts`.
 */
export class StoredRow {
  readonly reader = new WireReader();
  /** Start in nanoseconds since 1970 and duration: low and high 32 bits, signed as DataView writes them. */
  startLow = 0;
  startHigh = 0;
  durationLow = 0;
  durationHigh = 0;
  readonly texts = new Places();
  /** Service, scope and resource attributes: equal bytes are the same resource and scope. */
  sharedStart = 0;
  sharedEnd = 0;
  /** Of each entry of a map: places of its key and its value. */
  readonly resource = new Places();
  readonly attributes = new Places();
  eventCount = 0;
  /** Of each event: offset of its time; place of its name; its entries, as range of indexes. */
  eventTimesAt = 0;
  readonly eventNames = new Places();
  readonly eventEntries = new Places();
  readonly eventBounds = new Places();

  /**
   * Reads the row at the reader's position and moves behind it. False, and the position as it was, when the bytes end
   * before the row does.
   */
  read(): boolean {
    const { reader } = this;
    const start = reader.position;
    // A varint that is cut off ends behind the bytes.
    if (this.readAll() && reader.position <= reader.bytes.length) return true;
    reader.position = start;
    return false;
  }

  private readAll(): boolean {
    const { reader, texts } = this;
    const { view } = reader;
    const size = reader.bytes.length;
    const start = reader.position;
    if (start + 16 > size) return false;
    this.startLow = view.getInt32(start, true);
    this.startHigh = view.getInt32(start + 4, true);
    this.durationLow = view.getInt32(start + 8, true);
    this.durationHigh = view.getInt32(start + 12, true);
    reader.position = start + 16;
    texts.size = 0;
    for (let text = 0; text < TEXTS; text++) {
      if (text === TEXTS_BEFORE_RESOURCE) this.sharedStart = reader.position;
      if (!this.readText(texts)) return false;
    }
    this.resource.size = this.attributes.size = 0;
    if (!this.readMap(this.resource)) return false;
    this.sharedEnd = reader.position;
    return this.readMap(this.attributes) && this.readEvents();
  }

  private readEvents(): boolean {
    const { reader, eventNames, eventEntries, eventBounds } = this;
    const size = reader.bytes.length;
    eventNames.size = eventEntries.size = eventBounds.size = 0;
    if (reader.position >= size) return false;
    this.eventCount = reader.uint32();
    this.eventTimesAt = reader.position;
    reader.position += 8 * this.eventCount;
    if (reader.position >= size) return false;
    for (let names = reader.uint32(); names > 0; names--) {
      if (!this.readText(eventNames)) return false;
    }
    if (reader.position >= size) return false;
    for (let maps = reader.uint32(); maps > 0; maps--) {
      const first = eventEntries.size;
      if (!this.readMap(eventEntries)) return false;
      eventBounds.push(first, eventEntries.size);
    }
    return true;
  }

  private readMap(entries: Places): boolean {
    const { reader } = this;
    if (reader.position >= reader.bytes.length) return false;
    for (let texts = 2 * reader.uint32(); texts > 0; texts--) {
      if (!this.readText(entries)) return false;
    }
    return true;
  }

  private readText(places: Places): boolean {
    const { reader } = this;
    const size = reader.bytes.length;
    if (reader.position >= size) return false;
    const length = reader.uint32();
    const end = reader.position + length;
    if (end > size) return false;
    places.push(reader.position, end);
    reader.position = end;
    return true;
  }
}

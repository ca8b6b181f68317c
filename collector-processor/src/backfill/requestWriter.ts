import { InternTable } from '../otlp/internTable';
import { tagOf, WIRE } from '../otlp/wire';
import { ByteBuffer } from '../store/native/byteBuffer';
import { AttributeWriter } from './attributeWriter';
import type { StoredKeys } from './keyKinds';
import { readHex } from './readHex';
import { type StoredRow, TEXT } from './storedRow';

/** A request made of stored spans; `bytes` are the writer's own, and valid during the call only. */
export interface StoredRequest {
  readonly bytes: Buffer;
  readonly tenant: string;
  readonly spans: number;
}

export interface RequestWriterParts {
  readonly keys: StoredKeys;
  /** Tenant of spans that name none. */
  readonly tenant: string;
  readonly emit: (request: StoredRequest) => void;
}

const MAX_BYTES = 512 * 1024;
const MAX_SPANS = 1024;
/** A length that is known later: four bytes whatever it is, which protobuf allows. */
const LENGTH_BYTES = 4;

/** Old spellings of the exporter, `SPAN_KIND_CLIENT` and `STATUS_CODE_ERROR`, beside the new ones. */
const KINDS = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
const STATUSES = ['UNSET', 'OK', 'ERROR'];
const numberIn = (names: readonly string[], prefix: string) =>
  new InternTable(64, (source, start, end) =>
    Math.max(
      0,
      names.indexOf(source.toString('latin1', start, end).toUpperCase().replace(prefix, '')),
    ),
  );

/** Makes `ExportTraceServiceRequest`s of stored rows, so that what reads live requests reads them too. */
export class RequestWriter {
  /** Rows left out because their ids are not hexadecimal: nothing could tell such spans apart. */
  malformed = 0;
  private readonly parts: RequestWriterParts;
  private readonly out = new ByteBuffer(2 * MAX_BYTES);
  private readonly attributes: AttributeWriter;
  private readonly kinds = numberIn(KINDS, 'SPAN_KIND_');
  private readonly statuses = numberIn(STATUSES, 'STATUS_CODE_');
  private spans = 0;
  private tenant = '';
  /** What the spans under way share, and where their two messages start. */
  private shared: Buffer | undefined;
  private resourceAt = 0;
  private scopeAt = 0;

  constructor(parts: RequestWriterParts) {
    this.parts = parts;
    this.attributes = new AttributeWriter(this.out, parts.keys);
  }

  add(row: StoredRow): void {
    if (!this.isShared(row)) this.beginShared(row);
    const { out } = this;
    const start = out.length;
    const spanAt = this.begin(tagOf(2, WIRE.bytes));
    if (!this.writeIds(row)) {
      out.length = start;
      this.malformed++;
      return;
    }
    this.writeSpan(row);
    this.end(spanAt);
    this.spans++;
    if (out.length > MAX_BYTES || this.spans === MAX_SPANS) this.flush();
  }

  /** Emits what is there. */
  flush(): void {
    this.endShared();
    const { out, spans, tenant } = this;
    if (spans > 0) this.parts.emit({ bytes: out.filled(), tenant, spans });
    out.length = this.spans = 0;
  }

  private isShared({ reader, sharedStart, sharedEnd }: StoredRow): boolean {
    const { shared } = this;
    return (
      shared?.length === sharedEnd - sharedStart &&
      reader.bytes.compare(shared, 0, shared.length, sharedStart, sharedEnd) === 0
    );
  }

  private beginShared(row: StoredRow): void {
    const { reader } = row;
    const texts = row.texts.at;
    const { out } = this;
    this.endShared();
    this.attributes.openResource(row);
    const tenant = this.attributes.tenantOf(row) ?? this.parts.tenant;
    if (tenant !== this.tenant) {
      this.flush();
      this.tenant = tenant;
    }
    this.shared = Buffer.from(reader.bytes.subarray(row.sharedStart, row.sharedEnd));
    this.resourceAt = this.begin(tagOf(1, WIRE.bytes));
    const resourceAt = this.begin(tagOf(1, WIRE.bytes));
    this.attributes.writeResource(row);
    this.end(resourceAt);
    this.scopeAt = this.begin(tagOf(2, WIRE.bytes));
    const scopeAt = this.begin(tagOf(1, WIRE.bytes));
    out.byte(tagOf(1, WIRE.bytes));
    out.text(reader, texts[TEXT.scopeName]!, texts[TEXT.scopeName + 1]!);
    out.byte(tagOf(2, WIRE.bytes));
    out.text(reader, texts[TEXT.scopeVersion]!, texts[TEXT.scopeVersion + 1]!);
    this.end(scopeAt);
  }

  private endShared(): void {
    if (this.shared === undefined) return;
    this.end(this.scopeAt);
    this.end(this.resourceAt);
    this.shared = undefined;
  }

  private writeIds({ reader, texts }: StoredRow): boolean {
    const { bytes } = reader;
    const { out } = this;
    const { at } = texts;
    return (
      readHex(bytes, at[TEXT.traceId]!, at[TEXT.traceId + 1]!, tagOf(1, WIRE.bytes), 16, out) &&
      readHex(bytes, at[TEXT.spanId]!, at[TEXT.spanId + 1]!, tagOf(2, WIRE.bytes), 8, out) &&
      readHex(
        bytes,
        at[TEXT.parentSpanId]!,
        at[TEXT.parentSpanId + 1]!,
        tagOf(4, WIRE.bytes),
        8,
        out,
      )
    );
  }

  private writeSpan(row: StoredRow): void {
    const { out } = this;
    const { reader } = row;
    const { bytes } = reader;
    const texts = row.texts.at;
    out.byte(tagOf(3, WIRE.bytes));
    out.text(reader, texts[TEXT.traceState]!, texts[TEXT.traceState + 1]!);
    out.byte(tagOf(6, WIRE.varint));
    out.byte(this.kinds.get(bytes, texts[TEXT.kind]!, texts[TEXT.kind + 1]!));
    out.byte(tagOf(7, WIRE.fixed64));
    out.int64(row.startLow, row.startHigh);
    out.byte(tagOf(8, WIRE.fixed64));
    const low = (row.startLow >>> 0) + (row.durationLow >>> 0);
    out.int64(low | 0, (row.startHigh + row.durationHigh + (low > 0xffffffff ? 1 : 0)) | 0);
    this.attributes.writeSpan(row);
    for (let event = 0; event < row.eventCount; event++) this.writeEvent(row, event);
    const status = this.statuses.get(bytes, texts[TEXT.status]!, texts[TEXT.status + 1]!);
    if (status === 0) return;
    // A Status message that holds a code alone.
    out.byte(tagOf(15, WIRE.bytes));
    out.byte(2);
    out.byte(tagOf(3, WIRE.varint));
    out.byte(status);
  }

  private writeEvent(row: StoredRow, event: number): void {
    const { out } = this;
    const { reader, eventTimesAt, eventNames } = row;
    const eventAt = this.begin(tagOf(11, WIRE.bytes));
    out.byte(tagOf(1, WIRE.fixed64));
    const timeAt = eventTimesAt + 8 * event;
    out.int64(reader.view.getInt32(timeAt, true), reader.view.getInt32(timeAt + 4, true));
    out.byte(tagOf(2, WIRE.bytes));
    out.text(reader, eventNames.at[2 * event]!, eventNames.at[2 * event + 1]!);
    this.attributes.writeEvent(row, event);
    this.end(eventAt);
  }

  /** Starts a message whose length is not known yet; returns where its content starts. */
  private begin(tag: number): number {
    const { out } = this;
    out.byte(tag);
    out.reserve(LENGTH_BYTES);
    out.length += LENGTH_BYTES;
    return out.length;
  }

  private end(contentAt: number): void {
    const { bytes, length } = this.out;
    const size = length - contentAt;
    bytes[contentAt - 4] = (size & 127) | 128;
    bytes[contentAt - 3] = ((size >>> 7) & 127) | 128;
    bytes[contentAt - 2] = ((size >>> 14) & 127) | 128;
    bytes[contentAt - 1] = size >>> 21;
  }
}

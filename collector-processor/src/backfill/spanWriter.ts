import { InternTable } from '../otlp/internTable';
import { tagOf, WIRE } from '../otlp/wire';
import type { ByteBuffer } from '../store/native/byteBuffer';
import type { AttributeWriter } from './attributeWriter';
import { beginMessage, endMessage } from './message';
import { readHex } from './readHex';
import { type StoredRow, TEXT } from './storedRow';

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

/** Writes stored rows as `Span`s, each as a field of `ScopeSpans`. */
export class SpanWriter {
  private readonly out: ByteBuffer;
  private readonly attributes: AttributeWriter;
  private readonly kinds = numberIn(KINDS, 'SPAN_KIND_');
  private readonly statuses = numberIn(STATUSES, 'STATUS_CODE_');

  constructor(out: ByteBuffer, attributes: AttributeWriter) {
    this.out = out;
    this.attributes = attributes;
  }

  /** False, and nothing written, when its ids are not hexadecimal. */
  write(row: StoredRow): boolean {
    const { out } = this;
    const start = out.length;
    const spanAt = beginMessage(out, tagOf(2, WIRE.bytes));
    if (!this.writeIds(row)) {
      out.length = start;
      return false;
    }
    this.writeRest(row);
    endMessage(out, spanAt);
    return true;
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

  private writeRest(row: StoredRow): void {
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
    const eventAt = beginMessage(out, tagOf(11, WIRE.bytes));
    out.byte(tagOf(1, WIRE.fixed64));
    const timeAt = eventTimesAt + 8 * event;
    out.int64(reader.view.getInt32(timeAt, true), reader.view.getInt32(timeAt + 4, true));
    out.byte(tagOf(2, WIRE.bytes));
    out.text(reader, eventNames.at[2 * event]!, eventNames.at[2 * event + 1]!);
    this.attributes.writeEvent(row, event);
    endMessage(out, eventAt);
  }
}

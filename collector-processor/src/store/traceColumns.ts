import type { SpanView } from '../otlp/spanView';
import { type Added, AttributeMapColumn } from './native/attributeMap';
import { PlainColumn } from './native/columns';
import { LowCardinalityColumn } from './native/lowCardinality';
import { type Column, nativeBlock } from './native/nativeBlock';
import { ArrayColumn, Offsets } from './native/nested';
import { SharedMapColumn } from './native/sharedMap';
import { PartitionDays } from './partitionDays';

/** As the Collector's exporter names them; a number that OTLP does not define is an empty string there. */
const SPAN_KINDS = ['Unspecified', 'Internal', 'Server', 'Client', 'Producer', 'Consumer'];
const STATUS_CODES = ['Unset', 'Ok', 'Error'];

type AnySpan = SpanView<unknown, unknown, unknown>;

/** Rows of `otel_traces`, filled straight from the bytes of spans. */
export class TraceColumns {
  rows = 0;
  readonly days = new PartitionDays();
  private markedRows = 0;
  private readonly timestamp = new PlainColumn('DateTime64(9)', 65_536);
  private readonly traceId = new PlainColumn('String', 65_536);
  private readonly spanId = new PlainColumn('String', 65_536);
  private readonly parentSpanId = new PlainColumn('String', 65_536);
  private readonly traceState = new PlainColumn('String');
  private readonly spanName = new LowCardinalityColumn();
  private readonly spanKind = new LowCardinalityColumn();
  private readonly serviceName = new LowCardinalityColumn();
  private readonly resourceAttributes = new SharedMapColumn();
  private readonly scopeName = new PlainColumn('String');
  private readonly scopeVersion = new PlainColumn('String');
  private readonly spanAttributes = new AttributeMapColumn();
  private readonly duration = new PlainColumn('UInt64', 65_536);
  private readonly statusCode = new LowCardinalityColumn();
  private readonly statusMessage = new PlainColumn('String');
  private readonly eventOffsets = new Offsets();
  private readonly eventTime = new ArrayColumn(new PlainColumn('DateTime64(9)'), this.eventOffsets);
  private readonly eventName = new ArrayColumn(new LowCardinalityColumn(), this.eventOffsets);
  private readonly eventAttributes = new ArrayColumn(new AttributeMapColumn(), this.eventOffsets);
  private readonly linkOffsets = new Offsets();
  private readonly linkTraceId = new ArrayColumn(new PlainColumn('String'), this.linkOffsets);
  private readonly linkSpanId = new ArrayColumn(new PlainColumn('String'), this.linkOffsets);
  private readonly linkTraceState = new ArrayColumn(new PlainColumn('String'), this.linkOffsets);
  private readonly linkAttributes = new ArrayColumn(new AttributeMapColumn(), this.linkOffsets);
  private eventCount = 0;
  private linkCount = 0;
  private markedEvents = 0;
  private markedLinks = 0;

  private readonly columns: readonly (readonly [string, Column])[] = [
    ['Timestamp', this.timestamp],
    ['TraceId', this.traceId],
    ['SpanId', this.spanId],
    ['ParentSpanId', this.parentSpanId],
    ['TraceState', this.traceState],
    ['SpanName', this.spanName],
    ['SpanKind', this.spanKind],
    ['ServiceName', this.serviceName],
    ['ResourceAttributes', this.resourceAttributes],
    ['ScopeName', this.scopeName],
    ['ScopeVersion', this.scopeVersion],
    ['SpanAttributes', this.spanAttributes],
    ['Duration', this.duration],
    ['StatusCode', this.statusCode],
    ['StatusMessage', this.statusMessage],
    ['Events.Timestamp', this.eventTime],
    ['Events.Name', this.eventName],
    ['Events.Attributes', this.eventAttributes],
    ['Links.TraceId', this.linkTraceId],
    ['Links.SpanId', this.linkSpanId],
    ['Links.TraceState', this.linkTraceState],
    ['Links.Attributes', this.linkAttributes],
  ];

  private resourceAdded: Added | undefined;
  private serviceAt = -1;

  /** The spans that follow belong to `view.resource`; `added` goes into its map beside what the service sent. */
  beginResource(view: AnySpan, added: Added | undefined): void {
    this.resourceAdded = added;
    this.serviceAt = view.resource.shape.keys.indexOf('service.name');
  }

  push(view: AnySpan, added: Added | undefined): void {
    const { reader } = view;
    const { bytes } = reader;
    this.timestamp.values.int64(view.startLow, view.startHigh);
    this.days.add(view.startLow, view.startHigh);
    this.traceId.values.hex(bytes, view.traceIdAt, 16);
    this.spanId.values.hex(bytes, view.spanIdAt, 8);
    this.parentSpanId.values.hex(bytes, view.parentSpanIdAt, 8);
    this.traceState.values.text(reader, view.traceState.start, view.traceState.end);
    this.spanName.pushBytes(reader, view.name.start, view.name.end);
    this.spanKind.pushText(SPAN_KINDS[view.kind] ?? '');
    this.serviceName.pushText(this.serviceAt < 0 ? '' : view.resource.text(this.serviceAt));
    this.resourceAttributes.pushFor(view.resourceSerial, view.resource, this.resourceAdded);
    this.scopeName.values.text(reader, view.scopeName.start, view.scopeName.end);
    this.scopeVersion.values.text(reader, view.scopeVersion.start, view.scopeVersion.end);
    if (added === undefined) this.spanAttributes.push(view.attributes);
    else this.spanAttributes.pushWith(view.attributes, added);
    this.pushDuration(view);
    this.statusCode.pushText(STATUS_CODES[view.statusCode] ?? '');
    this.statusMessage.values.text(reader, view.statusMessage.start, view.statusMessage.end);
    this.pushEvents(view);
    this.pushLinks(view);
    this.rows++;
  }

  mark(): void {
    this.markedRows = this.rows;
    this.markedEvents = this.eventCount;
    this.markedLinks = this.linkCount;
    for (const [, column] of this.columns) column.mark();
  }

  rollback(): void {
    this.rows = this.markedRows;
    this.eventCount = this.markedEvents;
    this.linkCount = this.markedLinks;
    for (const [, column] of this.columns) column.rollback();
  }

  reset(): void {
    this.rows = this.eventCount = this.linkCount = 0;
    this.days.clear();
    for (const [, column] of this.columns) column.reset();
  }

  block(): readonly Buffer[] {
    return nativeBlock(this.columns, this.rows);
  }

  /** End minus start, wrapping below zero as the exporter's does. */
  private pushDuration(view: AnySpan): void {
    const low = (view.endLow >>> 0) - (view.startLow >>> 0);
    const high = view.endHigh - view.startHigh - (low < 0 ? 1 : 0);
    this.duration.values.int64(low | 0, high | 0);
  }

  private pushEvents(view: AnySpan): void {
    const { reader } = view;
    for (let i = 0; i < view.eventCount; i++) {
      view.openEvent(i);
      this.eventTime.inner.values.int64(view.itemTimeLow, view.itemTimeHigh);
      const { start, end } = view.itemName;
      this.eventName.inner.pushBytes(reader, start, end);
      this.eventAttributes.inner.push(view.eventAttributes);
    }
    this.eventCount += view.eventCount;
    this.eventOffsets.push(this.eventCount);
  }

  private pushLinks(view: AnySpan): void {
    const { reader } = view;
    const { bytes } = reader;
    for (let i = 0; i < view.linkCount; i++) {
      view.openLink(i);
      this.linkTraceId.inner.values.hex(bytes, view.itemTraceIdAt, 16);
      this.linkSpanId.inner.values.hex(bytes, view.itemSpanIdAt, 8);
      const { start, end } = view.itemTraceState;
      this.linkTraceState.inner.values.text(reader, start, end);
      this.linkAttributes.inner.push(view.linkAttributes);
    }
    this.linkCount += view.linkCount;
    this.linkOffsets.push(this.linkCount);
  }
}

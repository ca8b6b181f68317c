import type { LogView } from '../otlp/logView';
import { VALUE_KIND } from '../otlp/valueKind';
import { type Added, AttributeMapColumn } from './native/attributeMap';
import { PlainColumn } from './native/columns';
import { LowCardinalityColumn } from './native/lowCardinality';
import { type Column, nativeBlock } from './native/nativeBlock';
import { SharedMapColumn } from './native/sharedMap';
import { PartitionDays } from './partitionDays';

type AnyLog = LogView<unknown, unknown, unknown>;

/** Rows of `otel_logs`, filled straight from the bytes of log records. */
export class LogColumns {
  rows = 0;
  readonly days = new PartitionDays();
  private markedRows = 0;
  private readonly timestamp = new PlainColumn('DateTime64(9)', 65_536);
  private readonly traceId = new PlainColumn('String', 65_536);
  private readonly spanId = new PlainColumn('String', 65_536);
  private readonly traceFlags = new PlainColumn('UInt8');
  private readonly severityText = new LowCardinalityColumn();
  private readonly severityNumber = new PlainColumn('UInt8');
  private readonly serviceName = new LowCardinalityColumn();
  private readonly body = new PlainColumn('String', 65_536);
  private readonly resourceSchemaUrl = new LowCardinalityColumn();
  private readonly resourceAttributes = new SharedMapColumn();
  private readonly scopeSchemaUrl = new LowCardinalityColumn();
  private readonly scopeName = new PlainColumn('String');
  private readonly scopeVersion = new LowCardinalityColumn();
  private readonly scopeAttributes = new SharedMapColumn();
  private readonly logAttributes = new AttributeMapColumn();
  private readonly eventName = new PlainColumn('String');

  private readonly columns: readonly (readonly [string, Column])[] = [
    ['Timestamp', this.timestamp],
    ['TraceId', this.traceId],
    ['SpanId', this.spanId],
    ['TraceFlags', this.traceFlags],
    ['SeverityText', this.severityText],
    ['SeverityNumber', this.severityNumber],
    ['ServiceName', this.serviceName],
    ['Body', this.body],
    ['ResourceSchemaUrl', this.resourceSchemaUrl],
    ['ResourceAttributes', this.resourceAttributes],
    ['ScopeSchemaUrl', this.scopeSchemaUrl],
    ['ScopeName', this.scopeName],
    ['ScopeVersion', this.scopeVersion],
    ['ScopeAttributes', this.scopeAttributes],
    ['LogAttributes', this.logAttributes],
    ['EventName', this.eventName],
  ];

  // Texts of the scope under way, as strings: the same string again is the cheapest to recognise.
  private scopeSerial = -1;
  private service = '';
  private resourceUrl = '';
  private scopeUrl = '';
  private version = '';

  /** One row; `added` goes into the resource's map beside what the service sent. */
  push(view: AnyLog, added: Added | undefined): void {
    const { reader } = view;
    const { bytes } = reader;
    if (view.scopeSerial !== this.scopeSerial) this.beginScope(view);
    this.timestamp.values.int64(view.timeLow, view.timeHigh);
    this.days.add(view.timeLow, view.timeHigh);
    this.traceId.values.hex(bytes, view.traceIdAt, 16);
    this.spanId.values.hex(bytes, view.spanIdAt, 8);
    // Both numbers are cut to eight bits, as the exporter does.
    this.traceFlags.values.byte(view.flags & 255);
    this.severityText.pushBytes(reader, view.severityText.start, view.severityText.end);
    this.severityNumber.values.byte(view.severityNumber & 255);
    this.serviceName.pushText(this.service);
    this.pushBody(view);
    this.resourceSchemaUrl.pushText(this.resourceUrl);
    this.resourceAttributes.pushFor(view.resourceSerial, view.resource, added);
    this.scopeSchemaUrl.pushText(this.scopeUrl);
    this.scopeName.values.text(reader, view.scopeName.start, view.scopeName.end);
    this.scopeVersion.pushText(this.version);
    this.scopeAttributes.pushFor(view.scopeSerial, view.scopeAttributes, undefined);
    this.logAttributes.push(view.attributes);
    this.eventName.values.text(reader, view.eventName.start, view.eventName.end);
    this.rows++;
  }

  mark(): void {
    this.markedRows = this.rows;
    for (const [, column] of this.columns) column.mark();
  }

  rollback(): void {
    this.rows = this.markedRows;
    for (const [, column] of this.columns) column.rollback();
  }

  reset(): void {
    this.rows = 0;
    this.days.clear();
    for (const [, column] of this.columns) column.reset();
  }

  block(): readonly Buffer[] {
    return nativeBlock(this.columns, this.rows);
  }

  private beginScope(view: AnyLog): void {
    const { resource } = view;
    const serviceAt = resource.shape.keys.indexOf('service.name');
    this.service = serviceAt < 0 ? '' : resource.text(serviceAt);
    this.resourceUrl = view.text(view.resourceSchemaUrl);
    this.scopeUrl = view.text(view.scopeSchemaUrl);
    this.version = view.text(view.scopeVersion);
    this.scopeSerial = view.scopeSerial;
  }

  /** Text as it is; every other body as an attribute's value stands in a map. */
  private pushBody({ reader, body, values }: AnyLog): void {
    const to = this.body.values;
    if (body.kind === VALUE_KIND.text) to.text(reader, body.start, body.end);
    else to.string(values.format(body));
  }
}

import type { MetricView } from '../otlp/metricView';
import type { TableRows } from './block';
import { type Added, AttributeMapColumn } from './native/attributeMap';
import { PlainColumn } from './native/columns';
import { LowCardinalityColumn } from './native/lowCardinality';
import { type Column, nativeBlock } from './native/nativeBlock';
import { SharedMapColumn } from './native/sharedMap';
import { PartitionDays } from './partitionDays';

export type AnyMetricView = MetricView<unknown, unknown>;
export type NamedColumn = readonly [name: string, column: Column];

/** The columns that only one kind of metric has. */
export interface KindColumns {
  readonly columns: readonly NamedColumn[];
  /** The point that `view` shows. */
  push(view: AnyMetricView): void;
}

/**
 * Rows of one of the `otel_metrics_…` tables. What all points of a metric share is written when the metric ends, once,
 * and repeated for the others by copying.
 */
export class MetricColumns<K extends KindColumns = KindColumns> implements TableRows {
  rows = 0;
  readonly days = new PartitionDays();
  private markedRows = 0;
  /** Rows that have what their metric shares. */
  private shared = 0;
  private readonly kind: K;
  private readonly resourceAttributes = new SharedMapColumn();
  private readonly resourceSchemaUrl = new PlainColumn('String');
  private readonly scopeName = new PlainColumn('String');
  private readonly scopeVersion = new PlainColumn('String');
  private readonly scopeAttributes = new SharedMapColumn();
  private readonly scopeDroppedAttributes = new PlainColumn('UInt32');
  private readonly scopeSchemaUrl = new PlainColumn('String');
  private readonly serviceName = new LowCardinalityColumn();
  private readonly metricName = new LowCardinalityColumn();
  private readonly metricDescription = new PlainColumn('String');
  private readonly metricUnit = new PlainColumn('String');
  private readonly attributes = new AttributeMapColumn();
  // Tables of exporters before v0.150 have them like this; the engine rounds down for the others, which keep seconds.
  private readonly startTime = new PlainColumn('DateTime64(9)');
  private readonly time = new PlainColumn('DateTime64(9)');
  private readonly columns: readonly NamedColumn[];

  constructor(kind: K) {
    this.kind = kind;
    this.columns = [
      ['ResourceAttributes', this.resourceAttributes],
      ['ResourceSchemaUrl', this.resourceSchemaUrl],
      ['ScopeName', this.scopeName],
      ['ScopeVersion', this.scopeVersion],
      ['ScopeAttributes', this.scopeAttributes],
      ['ScopeDroppedAttrCount', this.scopeDroppedAttributes],
      ['ScopeSchemaUrl', this.scopeSchemaUrl],
      ['ServiceName', this.serviceName],
      ['MetricName', this.metricName],
      ['MetricDescription', this.metricDescription],
      ['MetricUnit', this.metricUnit],
      ['Attributes', this.attributes],
      ['StartTimeUnix', this.startTime],
      ['TimeUnix', this.time],
      ...kind.columns,
    ];
  }

  push(view: AnyMetricView): void {
    this.attributes.push(view.attributes);
    this.startTime.values.int64(view.startLow, view.startHigh);
    this.time.values.int64(view.timeLow, view.timeHigh);
    this.days.add(view.timeLow, view.timeHigh);
    this.kind.push(view);
    this.rows++;
  }

  /** Gives the metric's points what they share; `added` goes into the resource's map beside what the service sent. */
  endMetric(view: AnyMetricView, added: Added | undefined): void {
    const times = this.rows - this.shared;
    if (times === 0) return;
    this.shared = this.rows;
    const { reader } = view;
    this.resourceAttributes.pushRowsFor(view.resourceSerial, view.resource, added, times);
    this.scopeAttributes.pushRowsFor(view.scopeSerial, view.scopeAttributes, undefined, times);
    pushText(this.resourceSchemaUrl, view, view.resourceSchemaUrl, times);
    pushText(this.scopeName, view, view.scopeName, times);
    pushText(this.scopeVersion, view, view.scopeVersion, times);
    pushText(this.scopeSchemaUrl, view, view.scopeSchemaUrl, times);
    pushText(this.metricDescription, view, view.description, times);
    pushText(this.metricUnit, view, view.unit, times);
    const dropped = this.scopeDroppedAttributes.values;
    dropped.int32(view.scopeDroppedAttributes);
    dropped.repeat(dropped.length - 4, times - 1);
    const serviceAt = view.resource.shape.keys.indexOf('service.name');
    this.serviceName.pushText(serviceAt < 0 ? '' : view.resource.text(serviceAt));
    this.serviceName.indexes.repeat(this.serviceName.indexes.length - 1, times - 1);
    this.metricName.pushBytes(reader, view.name.start, view.name.end);
    this.metricName.indexes.repeat(this.metricName.indexes.length - 1, times - 1);
  }

  mark(): void {
    this.markedRows = this.rows;
    for (const [, column] of this.columns) column.mark();
  }

  rollback(): void {
    this.rows = this.shared = this.markedRows;
    for (const [, column] of this.columns) column.rollback();
  }

  reset(): void {
    this.rows = this.shared = 0;
    this.days.clear();
    for (const [, column] of this.columns) column.reset();
  }

  block(): readonly Buffer[] {
    return nativeBlock(this.columns, this.rows);
  }
}

/** The text at these places, for this many rows. */
function pushText(
  { values }: PlainColumn,
  { reader }: AnyMetricView,
  { start, end }: { start: number; end: number },
  times: number,
): void {
  const from = values.length;
  values.text(reader, start, end);
  values.repeat(from, times - 1);
}

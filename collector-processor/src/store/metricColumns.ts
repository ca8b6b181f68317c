import { toSeconds } from '../otlp/fields';
import type { MetricView } from '../otlp/metricView';
import type { TableRows } from './block';
import { type Added, AttributeMapColumn } from './native/attributeMap';
import { PlainColumn } from './native/columns';
import { LowCardinalityColumn } from './native/lowCardinality';
import { type Column, nativeBlock } from './native/nativeBlock';
import { RepeatedMap } from './native/repeatedMap';

export type AnyMetricView = MetricView<unknown, unknown>;
export type NamedColumn = readonly [name: string, column: Column];

/** The columns that only one kind of metric has. */
export interface KindColumns {
  readonly columns: readonly NamedColumn[];
  /** The point that `view` shows. */
  push(view: AnyMetricView): void;
}

const DAY_SECONDS = 86_400;

/**
 * Rows of one of the `otel_metrics_…` tables. What all points of a metric share is written when the metric ends, once,
 * and repeated for the others by copying.
 */
export class MetricColumns<K extends KindColumns = KindColumns> implements TableRows {
  rows = 0;
  /** Days that the points are of, since 1970: each becomes a part of its own in the engine. */
  readonly days = new Set<number>();
  private lastDay = -1;
  private markedRows = 0;
  /** Rows that have what their metric shares. */
  private shared = 0;
  private readonly kind: K;
  private readonly resourceAttributes = new AttributeMapColumn();
  private readonly resourceSchemaUrl = new PlainColumn('String');
  private readonly scopeName = new PlainColumn('String');
  private readonly scopeVersion = new PlainColumn('String');
  private readonly scopeAttributes = new AttributeMapColumn();
  private readonly scopeDroppedAttributes = new PlainColumn('UInt32');
  private readonly scopeSchemaUrl = new PlainColumn('String');
  private readonly serviceName = new LowCardinalityColumn();
  private readonly metricName = new LowCardinalityColumn();
  private readonly metricDescription = new PlainColumn('String');
  private readonly metricUnit = new PlainColumn('String');
  private readonly attributes = new AttributeMapColumn();
  private readonly startTime = new PlainColumn('DateTime');
  private readonly time = new PlainColumn('DateTime');
  private readonly columns: readonly NamedColumn[];

  /** The maps of the resource and the scope, written once and copied for each of their metrics. */
  private readonly resourceMap = new RepeatedMap(this.resourceAttributes);
  private readonly scopeMap = new RepeatedMap(this.scopeAttributes);
  private scopeSerial = -1;
  private resourceAdded: Added | undefined;
  private serviceAt = -1;

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

  /** The metrics that follow belong to `view.resource`; `added` goes into its map beside what the service sent. */
  beginResource(view: AnyMetricView, added: Added | undefined): void {
    this.resourceMap.forget();
    this.scopeSerial = -1;
    this.resourceAdded = added;
    this.serviceAt = view.resource.shape.keys.indexOf('service.name');
  }

  push(view: AnyMetricView): void {
    this.attributes.push(view.attributes);
    this.startTime.values.int32(toSeconds(view.startLow, view.startHigh));
    const seconds = toSeconds(view.timeLow, view.timeHigh);
    this.time.values.int32(seconds);
    const day = Math.floor((seconds >>> 0) / DAY_SECONDS);
    if (day !== this.lastDay) this.days.add((this.lastDay = day));
    this.kind.push(view);
    this.rows++;
  }

  /** Gives the metric's points what they share. */
  endMetric(view: AnyMetricView): void {
    const times = this.rows - this.shared;
    if (times === 0) return;
    this.shared = this.rows;
    const { reader } = view;
    if (view.scopeSerial !== this.scopeSerial) {
      this.scopeSerial = view.scopeSerial;
      this.scopeMap.forget();
    }
    this.resourceMap.push(view.resource, this.resourceAdded, times);
    this.scopeMap.push(view.scopeAttributes, undefined, times);
    pushText(this.resourceSchemaUrl, view, view.resourceSchemaUrl, times);
    pushText(this.scopeName, view, view.scopeName, times);
    pushText(this.scopeVersion, view, view.scopeVersion, times);
    pushText(this.scopeSchemaUrl, view, view.scopeSchemaUrl, times);
    pushText(this.metricDescription, view, view.description, times);
    pushText(this.metricUnit, view, view.unit, times);
    const dropped = this.scopeDroppedAttributes.values;
    dropped.int32(view.scopeDroppedAttributes);
    dropped.repeat(dropped.length - 4, times - 1);
    this.serviceName.pushText(this.serviceAt < 0 ? '' : view.resource.text(this.serviceAt));
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
    this.lastDay = -1;
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

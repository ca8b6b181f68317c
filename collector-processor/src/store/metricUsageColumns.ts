import type { UsagePoint } from '../core/usagePoint';
import { PlainColumn } from './native/columns';
import { LowCardinalityColumn } from './native/lowCardinality';
import { type Column, nativeBlock } from './native/nativeBlock';
import { ArrayColumn, Offsets } from './native/nested';

/** The texts of a point by column. */
const TEXTS = [
  ['tenant', 'tenant'],
  ['environment', 'environment'],
  ['model', 'model'],
  ['version', 'version'],
  ['metric', 'metric'],
  ['quantity', 'quantity'],
  ['bucket', 'bucket'],
  ['service', 'service'],
  ['team', 'team'],
  ['route', 'route'],
  ['provider', 'provider'],
  ['operation', 'operation'],
  ['model_type', 'modelType'],
  ['service_tier', 'serviceTier'],
  ['server_address', 'serverAddress'],
  ['error_type', 'errorType'],
] as const;

/** Rows of `ml_metric_usage`. Points of usage are few, so texts are looped over by name. */
export class MetricUsageColumns {
  readonly table = 'ml_metric_usage';
  rows = 0;
  private markedRows = 0;
  private readonly texts = TEXTS.map(
    ([name, field]) => [name, field, new LowCardinalityColumn()] as const,
  );
  private readonly time = new PlainColumn('DateTime64(3)');
  private readonly startTime = new PlainColumn('DateTime64(3)');
  private readonly receivedAt = new PlainColumn('DateTime64(3)');
  private readonly series = new PlainColumn('UInt64');
  private readonly resource = new PlainColumn('UInt64');
  private readonly rollup = new PlainColumn('UInt8');
  private readonly cumulative = new PlainColumn('UInt8');
  private readonly count = new PlainColumn('UInt64');
  private readonly sum = new PlainColumn('Float64');
  private readonly boundOffsets = new Offsets();
  private readonly bounds = new ArrayColumn(new PlainColumn('Float64'), this.boundOffsets);
  private readonly countOffsets = new Offsets();
  private readonly bucketCounts = new ArrayColumn(new PlainColumn('UInt64'), this.countOffsets);
  private boundCount = 0;
  private bucketCount = 0;
  private marked = { bounds: 0, buckets: 0 };

  private readonly columns: readonly (readonly [string, Column])[] = [
    ...this.texts.map(([name, , column]) => [name, column] as const),
    ['time', this.time],
    ['start_time', this.startTime],
    ['received_at', this.receivedAt],
    ['series', this.series],
    ['resource', this.resource],
    ['rollup', this.rollup],
    ['cumulative', this.cumulative],
    ['count', this.count],
    ['sum', this.sum],
    ['bounds', this.bounds],
    ['bucket_counts', this.bucketCounts],
  ];

  push(point: UsagePoint): void {
    for (const [, field, column] of this.texts) column.pushText(point[field]);
    this.time.values.integer(point.timeMs);
    this.startTime.values.integer(point.startMs);
    this.receivedAt.values.integer(point.receivedAtMs);
    pushIdentity(this.series, point.series);
    pushIdentity(this.resource, point.resource);
    this.rollup.values.byte(point.rollup);
    this.cumulative.values.byte(point.cumulative ? 1 : 0);
    this.count.values.integer(point.count);
    this.sum.values.float64(point.sum);
    for (const bound of point.bounds) this.bounds.inner.values.float64(bound);
    for (const count of point.bucketCounts) this.bucketCounts.inner.values.integer(count);
    this.boundOffsets.push((this.boundCount += point.bounds.length));
    this.countOffsets.push((this.bucketCount += point.bucketCounts.length));
    this.rows++;
  }

  mark(): void {
    this.markedRows = this.rows;
    this.marked = { bounds: this.boundCount, buckets: this.bucketCount };
    for (const [, column] of this.columns) column.mark();
  }

  rollback(): void {
    this.rows = this.markedRows;
    this.boundCount = this.marked.bounds;
    this.bucketCount = this.marked.buckets;
    for (const [, column] of this.columns) column.rollback();
  }

  reset(): void {
    this.rows = this.boundCount = this.bucketCount = 0;
    for (const [, column] of this.columns) column.reset();
  }

  block(): readonly Buffer[] {
    return nativeBlock(this.columns, this.rows);
  }

  /** Points say nothing that is worth telling by block. */
  tell(): void {
    // What they cost is known only once their differences are.
  }
}

function pushIdentity(column: PlainColumn, bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  column.values.int64(view.getInt32(0, true), view.getInt32(4, true));
}

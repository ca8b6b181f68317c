import { ExemplarColumns } from './exemplarColumns';
import type { AnyMetricView, KindColumns, NamedColumn } from './metricColumns';
import { PlainColumn } from './native/columns';
import { ArrayColumn, Offsets } from './native/nested';
import { pushEightBytes } from './pointNumbers';

/** A list of eight-byte numbers for each row. */
class NumbersColumn extends ArrayColumn<PlainColumn> {
  private readonly ends: Offsets;

  constructor(type: 'UInt64' | 'Float64') {
    const ends = new Offsets();
    super(new PlainColumn(type), ends);
    this.ends = ends;
  }

  endRow(): void {
    this.ends.push(this.inner.values.length / 8);
  }
}

/** What both kinds of histogram say at the end of a row. */
class HistogramEnd {
  private readonly exemplars = new ExemplarColumns();
  private readonly flags = new PlainColumn('UInt32');
  private readonly min = new PlainColumn('Float64');
  private readonly max = new PlainColumn('Float64');
  private readonly temporality = new PlainColumn('Int32');

  readonly columns: readonly NamedColumn[] = [
    ...this.exemplars.columns,
    ['Flags', this.flags],
    ['Min', this.min],
    ['Max', this.max],
    ['AggregationTemporality', this.temporality],
  ];

  push(view: AnyMetricView): void {
    this.exemplars.push(view);
    this.flags.values.int32(view.flags);
    pushEightBytes(this.min.values, view, view.minAt);
    pushEightBytes(this.max.values, view, view.maxAt);
    this.temporality.values.int32(view.temporality);
  }
}

/** What `otel_metrics_histogram` has of its own. */
export class HistogramColumns implements KindColumns {
  private readonly count = new PlainColumn('UInt64');
  private readonly sum = new PlainColumn('Float64');
  private readonly bucketCounts = new NumbersColumn('UInt64');
  private readonly explicitBounds = new NumbersColumn('Float64');
  private readonly end = new HistogramEnd();

  readonly columns: readonly NamedColumn[] = [
    ['Count', this.count],
    ['Sum', this.sum],
    ['BucketCounts', this.bucketCounts],
    ['ExplicitBounds', this.explicitBounds],
    ...this.end.columns,
  ];

  push(view: AnyMetricView): void {
    const { reader } = view;
    pushEightBytes(this.count.values, view, view.countAt);
    pushEightBytes(this.sum.values, view, view.sumAt);
    view.bucketCounts.copyFixed64(reader, this.bucketCounts.inner.values);
    this.bucketCounts.endRow();
    view.explicitBounds.copyFixed64(reader, this.explicitBounds.inner.values);
    this.explicitBounds.endRow();
    this.end.push(view);
  }
}

/** What `otel_metrics_exponential_histogram` has of its own. */
export class ExponentialHistogramColumns implements KindColumns {
  private readonly count = new PlainColumn('UInt64');
  private readonly sum = new PlainColumn('Float64');
  private readonly scale = new PlainColumn('Int32');
  private readonly zeroCount = new PlainColumn('UInt64');
  private readonly positiveOffset = new PlainColumn('Int32');
  private readonly positiveCounts = new NumbersColumn('UInt64');
  private readonly negativeOffset = new PlainColumn('Int32');
  private readonly negativeCounts = new NumbersColumn('UInt64');
  private readonly end = new HistogramEnd();

  readonly columns: readonly NamedColumn[] = [
    ['Count', this.count],
    ['Sum', this.sum],
    ['Scale', this.scale],
    ['ZeroCount', this.zeroCount],
    ['PositiveOffset', this.positiveOffset],
    ['PositiveBucketCounts', this.positiveCounts],
    ['NegativeOffset', this.negativeOffset],
    ['NegativeBucketCounts', this.negativeCounts],
    ...this.end.columns,
  ];

  push(view: AnyMetricView): void {
    const { reader, positive, negative } = view;
    pushEightBytes(this.count.values, view, view.countAt);
    pushEightBytes(this.sum.values, view, view.sumAt);
    this.scale.values.int32(view.scale);
    pushEightBytes(this.zeroCount.values, view, view.zeroCountAt);
    this.positiveOffset.values.int32(positive.offset);
    positive.counts.copyVarints(reader, this.positiveCounts.inner.values);
    this.positiveCounts.endRow();
    this.negativeOffset.values.int32(negative.offset);
    negative.counts.copyVarints(reader, this.negativeCounts.inner.values);
    this.negativeCounts.endRow();
    this.end.push(view);
  }
}

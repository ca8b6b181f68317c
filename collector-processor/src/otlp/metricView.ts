import { Attributes } from './attributes';
import { clearText, readId, type TextSpan, toMs } from './fields';
import { NumberList } from './numberList';
import { keepPlace } from './places';
import { ScopeView } from './scopeView';
import { ShapeTrie } from './shapeTrie';
import { DECODE_LIMITS, type DecodeLimits } from './wire';

/** The cases of `Metric.data`, by field number; `none` is a metric without any that we know. */
export const METRIC_KIND = {
  none: 0,
  gauge: 5,
  sum: 7,
  histogram: 9,
  exponentialHistogram: 10,
  summary: 11,
} as const;
export type MetricKind = (typeof METRIC_KIND)[keyof typeof METRIC_KIND];

/** What a reader of points wants to know of each list of keys; see `ShapeTrie`. */
export interface MetricPlans<Resource, Point> {
  resource(keys: readonly string[]): Resource;
  point(keys: readonly string[]): Point;
}

/** One half of an exponential histogram's buckets. */
export interface BucketView {
  offset: number;
  /** Varints. */
  readonly counts: NumberList;
}

/**
 * The metric and its data point under the reader, as places in `reader.bytes`. The walker owns it and fills it anew; what
 * belongs to the metric is valid for all of its points, the rest during the visitor's call only.
 *
 * An `…At` is the offset of eight bytes, little-endian, and -1 when the field is absent.
 */
export class MetricView<Resource, Point> extends ScopeView<Resource> {
  // The metric.
  readonly name: TextSpan = { start: 0, end: 0 };
  readonly description: TextSpan = { start: 0, end: 0 };
  readonly unit: TextSpan = { start: 0, end: 0 };
  kind: MetricKind = METRIC_KIND.none;
  /** As sent: 1 is delta, 2 cumulative; 0 for gauges and summaries. */
  temporality = 0;
  monotonic = false;

  // The point.
  readonly attributes: Attributes<Point>;
  /** Start and time, nanoseconds since 1970: low and high 32 bits, signed as DataView writes them. */
  startLow = 0;
  startHigh = 0;
  timeLow = 0;
  timeHigh = 0;
  /** Bit 0: the point says that there is no value. */
  flags = 0;
  /** Value of a gauge or sum: a double, or a signed integer when `valueIsInt`. */
  valueAt = -1;
  valueIsInt = false;
  /** Of histograms and summaries: how many values, their sum, least and greatest. */
  countAt = -1;
  sumAt = -1;
  minAt = -1;
  maxAt = -1;
  /** Of histograms, eight bytes each. */
  readonly bucketCounts: NumberList;
  readonly explicitBounds: NumberList;
  /** Of exponential histograms. */
  scale = 0;
  zeroCountAt = -1;
  readonly positive: BucketView;
  readonly negative: BucketView;
  /** Start of the message of each exemplar, or quantile of a summary, and the position behind it. */
  readonly exemplars: Int32Array;
  readonly quantiles: Int32Array;
  exemplarCount = 0;
  quantileCount = 0;

  // The exemplar or quantile last opened. Ids: offset of 16 or 8 bytes; -1 when absent or all zero.
  readonly exemplarAttributes: Attributes<undefined>;
  itemTimeLow = 0;
  itemTimeHigh = 0;
  itemValueAt = -1;
  itemValueIsInt = false;
  itemTraceIdAt = -1;
  itemSpanIdAt = -1;
  itemQuantileAt = -1;

  constructor(plans: MetricPlans<Resource, Point>, limits: DecodeLimits = DECODE_LIMITS) {
    super((keys) => plans.resource(keys), limits);
    const { maxEvents } = limits;
    this.attributes = new Attributes(new ShapeTrie((keys) => plans.point(keys)), this.values);
    this.exemplarAttributes = new Attributes(new ShapeTrie(() => undefined), this.values);
    this.bucketCounts = new NumberList(maxEvents);
    this.explicitBounds = new NumberList(maxEvents);
    this.positive = { offset: 0, counts: new NumberList(maxEvents) };
    this.negative = { offset: 0, counts: new NumberList(maxEvents) };
    this.exemplars = new Int32Array(maxEvents * 2);
    this.quantiles = new Int32Array(maxEvents * 2);
  }

  /** Start of the point's interval in milliseconds since 1970, rounded down; 0 when not told. */
  get startMs(): number {
    return toMs(this.startLow, this.startHigh);
  }

  /** Time of the point in milliseconds since 1970, rounded down. */
  get timeMs(): number {
    return toMs(this.timeLow, this.timeHigh);
  }

  /** Value of a gauge or sum; integers above 2^53 rounded; NaN when it has none. */
  get value(): number {
    return this.valueIsInt ? this.int64(this.valueAt) : this.double(this.valueAt);
  }

  /** Number of values in a histogram or summary; rounded above 2^53; NaN when not told. */
  get count(): number {
    if (this.countAt < 0) return NaN;
    const { view } = this.reader;
    return view.getUint32(this.countAt + 4, true) * 4294967296 + view.getUint32(this.countAt, true);
  }

  /** Sum of the values in a histogram or summary; NaN when not told. */
  get sum(): number {
    return this.double(this.sumAt);
  }

  /** Least value in a histogram; NaN when not told. */
  get min(): number {
    return this.double(this.minAt);
  }

  /** Greatest value in a histogram; NaN when not told. */
  get max(): number {
    return this.double(this.maxAt);
  }

  /** Notes the exemplar at the reader's position. */
  keepExemplar(limit: number): void {
    const { reader, exemplars, exemplarCount } = this;
    this.exemplarCount = keepPlace(reader, limit, exemplars, exemplarCount, 'exemplars');
  }

  /** Opens exemplar `index`: its time, value, ids and attributes are there until the next `open…`. */
  openExemplar(index: number): void {
    const { reader, exemplarAttributes } = this;
    const end = this.exemplars[index * 2 + 1]!;
    reader.position = this.exemplars[index * 2]!;
    this.itemTimeLow = this.itemTimeHigh = 0;
    this.itemValueAt = this.itemTraceIdAt = this.itemSpanIdAt = -1;
    exemplarAttributes.begin();
    while (reader.position < end) {
      const tag = reader.uint32();
      if (tag === 17) {
        const at = reader.fixed64(end);
        this.itemTimeLow = reader.view.getInt32(at, true);
        this.itemTimeHigh = reader.view.getInt32(at + 4, true);
      } else if (tag === 25 || tag === 49) {
        this.itemValueAt = reader.fixed64(end);
        this.itemValueIsInt = tag === 49;
      } else if (tag === 34) this.itemSpanIdAt = readId(reader, end, 8);
      else if (tag === 42) this.itemTraceIdAt = readId(reader, end, 16);
      else if (tag === 58) exemplarAttributes.add(reader.end(end));
      else reader.skip(tag, end);
    }
  }

  /** Opens quantile `index` of a summary: which one it is, and its value. */
  openQuantile(index: number): void {
    const { reader } = this;
    const end = this.quantiles[index * 2 + 1]!;
    reader.position = this.quantiles[index * 2]!;
    this.itemQuantileAt = this.itemValueAt = -1;
    while (reader.position < end) {
      const tag = reader.uint32();
      if (tag === 9) this.itemQuantileAt = reader.fixed64(end);
      else if (tag === 17) this.itemValueAt = reader.fixed64(end);
      else reader.skip(tag, end);
    }
  }

  /** Forgets the metric before. */
  clearMetric(): void {
    clearText(this.name);
    clearText(this.description);
    clearText(this.unit);
    this.kind = METRIC_KIND.none;
    this.temporality = 0;
    this.monotonic = false;
  }

  /** Forgets the point before. */
  clearPoint(): void {
    this.startLow = this.startHigh = this.timeLow = this.timeHigh = this.flags = 0;
    this.valueAt = this.countAt = this.sumAt = this.minAt = this.maxAt = this.zeroCountAt = -1;
    this.valueIsInt = false;
    this.scale = this.exemplarCount = this.quantileCount = 0;
    this.bucketCounts.clear();
    this.explicitBounds.clear();
    this.clearBuckets(this.positive);
    this.clearBuckets(this.negative);
    this.attributes.begin();
  }

  clearBuckets(buckets: BucketView): void {
    buckets.offset = 0;
    buckets.counts.clear();
  }

  private double(at: number): number {
    return at < 0 ? NaN : this.reader.view.getFloat64(at, true);
  }

  private int64(at: number): number {
    const { view } = this.reader;
    return view.getInt32(at + 4, true) * 4294967296 + view.getUint32(at, true);
  }
}

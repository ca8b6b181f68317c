import type { BucketView, MetricView } from './metricView';
import { keepPlace } from './places';

/** Reads a field of a `HistogramDataPoint` that is not one of its times. */
export function readHistogramField<R, P>(view: MetricView<R, P>, tag: number, end: number): void {
  const { reader } = view;
  switch (tag) {
    case 33:
      view.countAt = reader.fixed64(end);
      break;
    case 41:
      view.sumAt = reader.fixed64(end);
      break;
    case 49:
    case 50:
      view.bucketCounts.addFixed64(reader, tag, end);
      break;
    case 57:
    case 58:
      view.explicitBounds.addFixed64(reader, tag, end);
      break;
    case 66:
      view.keepExemplar(end);
      break;
    case 74:
      view.attributes.add(reader.end(end));
      break;
    case 80:
      view.flags = reader.uint32();
      break;
    case 89:
      view.minAt = reader.fixed64(end);
      break;
    case 97:
      view.maxAt = reader.fixed64(end);
      break;
    default:
      reader.skip(tag, end);
  }
}

/** Reads a field of an `ExponentialHistogramDataPoint` that is not one of its times. */
export function readExponentialField<R, P>(view: MetricView<R, P>, tag: number, end: number): void {
  const { reader } = view;
  switch (tag) {
    case 10:
      view.attributes.add(reader.end(end));
      break;
    case 33:
      view.countAt = reader.fixed64(end);
      break;
    case 41:
      view.sumAt = reader.fixed64(end);
      break;
    case 48:
      view.scale = zigzag(reader.uint32());
      break;
    case 57:
      view.zeroCountAt = reader.fixed64(end);
      break;
    case 66:
      readBuckets(view, view.positive, reader.end(end));
      break;
    case 74:
      readBuckets(view, view.negative, reader.end(end));
      break;
    case 80:
      view.flags = reader.uint32();
      break;
    case 90:
      view.keepExemplar(end);
      break;
    case 97:
      view.minAt = reader.fixed64(end);
      break;
    case 105:
      view.maxAt = reader.fixed64(end);
      break;
    default:
      reader.skip(tag, end);
  }
}

/** Reads a field of a `SummaryDataPoint` that is not one of its times. */
export function readSummaryField<R, P>(view: MetricView<R, P>, tag: number, end: number): void {
  const { reader } = view;
  switch (tag) {
    case 33:
      view.countAt = reader.fixed64(end);
      break;
    case 41:
      view.sumAt = reader.fixed64(end);
      break;
    case 50:
      view.quantileCount = keepPlace(reader, end, view.quantiles, view.quantileCount, 'quantiles');
      break;
    case 58:
      view.attributes.add(reader.end(end));
      break;
    case 64:
      view.flags = reader.uint32();
      break;
    default:
      reader.skip(tag, end);
  }
}

function readBuckets<R, P>(view: MetricView<R, P>, buckets: BucketView, end: number): void {
  const { reader } = view;
  view.clearBuckets(buckets);
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 8) buckets.offset = zigzag(reader.uint32());
    else if (tag === 16 || tag === 18) buckets.counts.addVarints(reader, tag, end);
    else reader.skip(tag, end);
  }
}

/** The signed number that protobuf's `sint32` encodes so that small negative ones are short. */
const zigzag = (value: number): number => (value >>> 1) ^ -(value & 1);

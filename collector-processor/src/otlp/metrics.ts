import { isTrue } from './anyValue';
import { readText } from './fields';
import { METRIC_KIND, type MetricKind, type MetricView } from './metricView';
import { readExponentialField, readHistogramField, readSummaryField } from './histogramPoints';
import { walkScopes } from './walkScopes';

export interface MetricVisitor {
  /** A metric: what `view` has of it is filled. Not called for one whose `kind` is `none`. */
  metric(): void;
  /** A data point of that metric: all of `view` is filled; exemplars and quantiles can be opened. */
  point(): void;
  /** All points of the metric were visited. */
  metricEnd(): void;
  /** A metric without data, or with data of a kind that is newer than this code: its points cannot be told apart. */
  unknownMetric(): void;
}

const NONE: ReadonlySet<number> = new Set();

/**
 * Walks an ExportMetricsServiceRequest (opentelemetry/proto/collector/metrics/v1) without making objects of it.
 * Points whose ordinal is in `skip` are left out. Throws `DecodeError` when the bytes are not such a request, and
 * `LimitError` when a point is over a limit: `view.ordinal` tells which one.
 */
export function walkMetrics<R, P>(
  bytes: Uint8Array,
  view: MetricView<R, P>,
  visitor: MetricVisitor,
  skip = NONE,
): void {
  walkScopes(bytes, view, {
    item: (end) => {
      walkMetric(view, end, visitor, skip);
    },
  });
}

/** Fields may come in any order, so all that the metric says of itself is read before its points are visited. */
function walkMetric<R, P>(
  view: MetricView<R, P>,
  end: number,
  visitor: MetricVisitor,
  skip: ReadonlySet<number>,
): void {
  const { reader } = view;
  view.clearMetric();
  let dataStart = 0;
  let dataEnd = 0;
  while (reader.position < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        readText(reader, end, view.name);
        break;
      case 18:
        readText(reader, end, view.description);
        break;
      case 26:
        readText(reader, end, view.unit);
        break;
      case 42:
      case 58:
      case 74:
      case 82:
      case 90:
        dataEnd = reader.end(end);
        dataStart = reader.position;
        view.kind = (tag >>> 3) as MetricKind;
        reader.position = dataEnd;
        break;
      default:
        reader.skip(tag, end);
    }
  }
  if (view.kind === METRIC_KIND.none) {
    visitor.unknownMetric();
    return;
  }
  reader.position = dataStart;
  readData(view, dataEnd);
  visitor.metric();
  reader.position = dataStart;
  walkPoints(view, dataEnd, visitor, skip);
  visitor.metricEnd();
}

/** What all points share: temporality and monotonicity. */
function readData<R, P>(view: MetricView<R, P>, end: number): void {
  const { reader, kind } = view;
  if (kind === METRIC_KIND.gauge || kind === METRIC_KIND.summary) return;
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 16) view.temporality = reader.uint32() | 0;
    else if (tag === 24 && kind === METRIC_KIND.sum) {
      const at = reader.position;
      reader.uint32();
      view.monotonic = isTrue(reader, at);
    } else reader.skip(tag, end);
  }
}

function walkPoints<R, P>(
  view: MetricView<R, P>,
  end: number,
  visitor: MetricVisitor,
  skip: ReadonlySet<number>,
): void {
  const { reader } = view;
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag !== 10) {
      reader.skip(tag, end);
      continue;
    }
    const pointEnd = reader.end(end);
    if (skip.size === 0 || !skip.has(view.ordinal)) {
      readPoint(view, pointEnd);
      visitor.point();
    }
    view.ordinal++;
    reader.position = pointEnd;
  }
}

/** Fields 2 and 3 of every point are its times; the others have other numbers in each kind. */
function readPoint<R, P>(view: MetricView<R, P>, end: number): void {
  const { reader, kind } = view;
  view.clearPoint();
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 17) {
      const at = reader.fixed64(end);
      view.startLow = reader.view.getInt32(at, true);
      view.startHigh = reader.view.getInt32(at + 4, true);
    } else if (tag === 25) {
      const at = reader.fixed64(end);
      view.timeLow = reader.view.getInt32(at, true);
      view.timeHigh = reader.view.getInt32(at + 4, true);
    } else if (kind === METRIC_KIND.sum || kind === METRIC_KIND.gauge) {
      readNumberField(view, tag, end);
    } else if (kind === METRIC_KIND.histogram) readHistogramField(view, tag, end);
    else if (kind === METRIC_KIND.summary) readSummaryField(view, tag, end);
    else readExponentialField(view, tag, end);
  }
}

function readNumberField<R, P>(view: MetricView<R, P>, tag: number, end: number): void {
  const { reader } = view;
  switch (tag) {
    case 58:
      view.attributes.add(reader.end(end));
      break;
    case 33:
    case 49:
      view.valueAt = reader.fixed64(end);
      view.valueIsInt = tag === 49;
      break;
    case 42:
      view.keepExemplar(end);
      break;
    case 64:
      view.flags = reader.uint32();
      break;
    default:
      reader.skip(tag, end);
  }
}

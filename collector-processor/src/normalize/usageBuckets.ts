import { METRIC_KIND, type MetricView } from '../otlp/metricView';

type View = MetricView<unknown, unknown>;

/** Fills bounds (times `scale`) and counts of the histogram point; leaves both empty when it tells no buckets. */
export function fillBuckets(view: View, scale: number, bounds: number[], counts: number[]): void {
  bounds.length = counts.length = 0;
  const { reader } = view;
  if (view.kind === METRIC_KIND.histogram) {
    view.explicitBounds.copyFixed64(reader, {
      bytesOf(_, start, end) {
        for (let at = start; at < end; at += 8)
          bounds.push(reader.view.getFloat64(at, true) * scale);
      },
    });
    view.bucketCounts.copyFixed64(reader, {
      bytesOf(_, start, end) {
        for (let at = start; at < end; at += 8)
          counts.push(
            reader.view.getUint32(at + 4, true) * 4294967296 + reader.view.getUint32(at, true),
          );
      },
    });
  } else if (view.kind === METRIC_KIND.exponentialHistogram) {
    fillExponential(view, scale, bounds, counts);
  }
  const fits = counts.length === bounds.length + 1 && bounds.every(Number.isFinite);
  if (!fits) bounds.length = counts.length = 0;
}

/**
 * An exponential histogram's buckets as explicit ones: bucket i ends at 2^(2^-scale × (offset + i + 1)), which is
 * https://opentelemetry.io/docs/specs/otel/metrics/data-model/#exponentialhistogram. The first one here holds the zeros
 * and ends where the buckets begin; above the last there is nothing. Usage and durations are not negative.
 */
function fillExponential(view: View, scale: number, bounds: number[], counts: number[]): void {
  const { reader, positive, zeroCountAt } = view;
  const zeros =
    zeroCountAt < 0
      ? 0
      : reader.view.getUint32(zeroCountAt + 4, true) * 4294967296 +
        reader.view.getUint32(zeroCountAt, true);
  const boundAt = (index: number): number =>
    2 ** (2 ** -view.scale * (positive.offset + index)) * scale;
  bounds.push(boundAt(0));
  counts.push(zeros);
  positive.counts.copyVarints(reader, {
    int64(low, high) {
      counts.push((high >>> 0) * 4294967296 + (low >>> 0));
      bounds.push(boundAt(counts.length - 1));
    },
  });
  counts.push(0);
}

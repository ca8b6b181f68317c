import type { MetricView } from '../otlp/metricView';
import type { ByteBuffer } from './native/byteBuffer';

type AnyMetricView = MetricView<unknown, unknown>;

/** A double or 64-bit integer as it stands at this offset; 0 when absent, as the exporter writes it. */
export function pushEightBytes(values: ByteBuffer, { reader }: AnyMetricView, at: number): void {
  if (at < 0) values.int64(0, 0);
  else values.int64(reader.view.getInt32(at, true), reader.view.getInt32(at + 4, true));
}

/** A double from the number at this offset, which may be a signed integer (rounded once); 0 when absent. */
export function pushNumber(
  values: ByteBuffer,
  view: AnyMetricView,
  at: number,
  isInt: boolean,
): void {
  if (at < 0 || !isInt) pushEightBytes(values, view, at);
  else {
    const bytes = view.reader.view;
    values.float64(bytes.getInt32(at + 4, true) * 4294967296 + bytes.getUint32(at, true));
  }
}

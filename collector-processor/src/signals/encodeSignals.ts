import { TENANT_KEY } from '../core/tenantKey';
import { writeAttribute } from '../otlp/attributeField';
import { messageField, textField } from '../otlp/json/messageField';
import { ReverseWriter } from '../otlp/json/reverseWriter';
import { WIRE } from '../otlp/wire';
import { SIGNAL_METRICS, type SignalMetric, type SignalPoint } from './signalPoints';

/** Labels as attributes: those of OpenTelemetry and of `docs/conventions.md` where there are some. */
const KEYS: Readonly<Record<string, string>> = {
  tenant: TENANT_KEY,
  environment: 'deployment.environment.name',
  model: 'ml.model.name',
  version: 'ml.model.version',
  feature: 'plumbline.feature',
  check: 'plumbline.check',
  segment: 'plumbline.segment',
  metric: 'plumbline.metric',
  status: 'plumbline.status',
};

const METRICS = Object.keys(SIGNAL_METRICS) as readonly SignalMetric[];

export interface SignalReport {
  /** `service.instance.id` of who tells. */
  readonly instance: string;
  /** Unix milliseconds. */
  readonly timeMs: number;
}

/** Encodes an `ExportMetricsServiceRequest` with a gauge for each metric that has points. Written from last to first. */
export function encodeSignals(
  points: readonly SignalPoint[],
  { instance, timeMs }: SignalReport,
): Buffer {
  const writer = new ReverseWriter(64 * 1024);
  messageField(writer, 1, () => {
    messageField(writer, 2, () => {
      for (const metric of METRICS) {
        const told = points.filter((point) => point.metric === metric);
        if (told.length > 0) writeGauge(writer, metric, told, timeMs);
      }
      messageField(writer, 1, () => {
        textField(writer, 1, 'plumbline.signals');
      });
    });
    messageField(writer, 1, () => {
      writeAttribute(writer, 1, 'service.instance.id', instance);
      writeAttribute(writer, 1, 'service.name', 'plumbline');
    });
  });
  return writer.finish();
}

function writeGauge(
  writer: ReverseWriter,
  metric: SignalMetric,
  points: readonly SignalPoint[],
  timeMs: number,
): void {
  messageField(writer, 2, () => {
    messageField(writer, 5, () => {
      for (const { labels, value } of points) {
        messageField(writer, 1, () => {
          for (const [label, text] of Object.entries(labels)) {
            if (text !== '' && !(label === 'tenant' && text === 'default')) {
              writeAttribute(writer, 7, KEYS[label]!, text);
            }
          }
          writer.double(value);
          writer.tag(4, WIRE.fixed64);
          writer.fixed64(BigInt(timeMs) * 1_000_000n);
          writer.tag(3, WIRE.fixed64);
        });
      }
    });
    textField(writer, 3, metric === 'quality.violations' ? '{row}' : '1');
    textField(writer, 2, SIGNAL_METRICS[metric]);
    textField(writer, 1, `plumbline.${metric}`);
  });
}

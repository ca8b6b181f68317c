import { TOKEN_BUCKETS } from '../core/inference';
import { TENANT_KEY } from '../core/tenantKey';
import { writeAttribute } from '../otlp/attributeField';
import { messageField, textField } from '../otlp/json/messageField';
import { ReverseWriter } from '../otlp/json/reverseWriter';
import { WIRE } from '../otlp/wire';
import type { UsageSeries } from './usageMeter';

/** Who tells the usage, and of which time: Unix milliseconds. */
export interface UsageReport {
  readonly instance: string;
  readonly fromMs: number;
  readonly toMs: number;
}

interface Metric {
  readonly name: string;
  readonly description: string;
  readonly unit: string;
  /** Value of a bucket in a series; 0: no point. */
  readonly value: (series: UsageSeries, bucket: number) => number;
}

/** Written from last to first, as all fields below. */
const METRICS: readonly Metric[] = [
  {
    name: 'plumbline.gen_ai.tokens',
    description: 'Tokens used by model calls, by disjoint kinds of token.',
    unit: '{token}',
    value: ({ tokens }, bucket) => tokens[bucket]!,
  },
  {
    name: 'plumbline.gen_ai.cost',
    description: 'Cost of model calls in the currency of the attribute.',
    unit: '{currency}',
    value: ({ costs }, bucket) => costs[bucket]! / 1e9,
  },
];
const DELTA = 1;

/** Encodes an `ExportMetricsServiceRequest` with delta sums of tokens and cost; `points` is how many it holds. */
export function encodeUsage(
  series: readonly UsageSeries[],
  { instance, fromMs, toMs }: UsageReport,
): { bytes: Buffer; points: number } {
  const writer = new ReverseWriter(4096);
  let points = 0;
  messageField(writer, 1, () => {
    messageField(writer, 2, () => {
      for (const metric of METRICS) {
        const told = series.filter((one) => hasValue(one, metric));
        if (told.length > 0) points += writeMetric(writer, metric, told, fromMs, toMs);
      }
      messageField(writer, 1, () => {
        textField(writer, 1, 'plumbline.forward');
      });
    });
    messageField(writer, 1, () => {
      writeAttribute(writer, 1, 'service.instance.id', instance);
      writeAttribute(writer, 1, 'service.name', 'plumbline');
    });
  });
  return { bytes: writer.finish(), points };
}

const hasValue = (series: UsageSeries, { value }: Metric): boolean =>
  TOKEN_BUCKETS.some((_, bucket) => value(series, bucket) !== 0);

function writeMetric(
  writer: ReverseWriter,
  { name, description, unit, value }: Metric,
  series: readonly UsageSeries[],
  fromMs: number,
  toMs: number,
): number {
  let points = 0;
  messageField(writer, 2, () => {
    messageField(writer, 7, () => {
      writer.uint32(1);
      writer.tag(3, WIRE.varint);
      writer.uint32(DELTA);
      writer.tag(2, WIRE.varint);
      for (const one of series) {
        for (const [bucket, type] of TOKEN_BUCKETS.entries()) {
          const amount = value(one, bucket);
          if (amount === 0) continue;
          points++;
          messageField(writer, 1, () => {
            writeLabels(writer, one, type);
            writer.double(amount);
            writer.tag(4, WIRE.fixed64);
            writer.fixed64(BigInt(toMs) * 1_000_000n);
            writer.tag(3, WIRE.fixed64);
            writer.fixed64(BigInt(fromMs) * 1_000_000n);
            writer.tag(2, WIRE.fixed64);
          });
        }
      }
    });
    textField(writer, 3, unit);
    textField(writer, 2, description);
    textField(writer, 1, name);
  });
  return points;
}

/** Attributes of a point, which have number 7 there. */
function writeLabels(writer: ReverseWriter, series: UsageSeries, type: string): void {
  const label = (key: string, value: string): void => {
    if (value !== '') writeAttribute(writer, 7, key, value);
  };
  if (series.overflow) writeAttribute(writer, 7, 'otel.metric.overflow', true);
  label('gen_ai.usage.cost.currency', series.currency);
  label('gen_ai.token.type', type);
  label('service.name', series.service);
  label('gen_ai.provider.name', series.provider);
  label('gen_ai.request.model', series.model);
  label('deployment.environment.name', series.environment);
  label(TENANT_KEY, series.tenant === 'default' ? '' : series.tenant);
}

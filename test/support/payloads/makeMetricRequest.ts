import { createAttributeWriter } from './attributeWriter';
import { createPrng } from './prng';
import type { Prng } from './prng';
import { ProtoWriter } from './protoWriter';
import type { Patches } from './protoWriter';
import { writeResource } from './resource';

export interface MetricRequestOptions {
  readonly seed: number;
  readonly points: number;
  /** Unix milliseconds: the time of all points. */
  readonly timeMs: number;
}

/** One `ExportMetricsServiceRequest` and what is in it. */
export interface MetricRequest {
  readonly bytes: Buffer;
  readonly points: number;
  /** Attributes of the points; those of the resource are not in it. */
  readonly attributes: number;
  readonly patches: Patches;
}

const MODELS = [
  'gpt-4o-2024-08-06',
  'gpt-4o-mini',
  'claude-3-5-sonnet-20241022',
  'llama-3.1-70b-instruct',
  'mistral-large-2407',
  'gemini-1.5-pro',
];
const BOUNDS = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000];
const CUMULATIVE = 2;
/** Points of one metric of each kind, in turn: half of all are sums, a quarter gauges, a quarter histograms. */
const SUMS = 16;
const GAUGES = 8;
const HISTOGRAMS = 8;

/** Writes one point into the message that is open. */
type PointWriter = (writer: ProtoWriter, random: Prng, timeMs: number) => void;

/**
 * A request as a metric reader sends it: one resource with nine attributes, metrics of eight or sixteen points with five
 * attributes each; histograms have sixteen buckets. Same options, same bytes.
 */
export function makeMetricRequest(options: MetricRequestOptions): MetricRequest {
  const { seed, points, timeMs } = options;
  const random = createPrng(seed);
  const writer = new ProtoWriter(Math.max(4096, points * 300));
  let left = points;
  const write = (
    head: readonly [name: string, description: string, unit: string],
    data: number,
    most: number,
    point: PointWriter,
    rest: () => void,
  ): void => {
    const count = Math.min(most, left);
    left -= count;
    if (count === 0) return;
    writer.begin(2, 2);
    head.forEach((text, index) => {
      writer.text(index + 1, text);
    });
    writer.begin(data, 2);
    for (let i = 0; i < count; i++) {
      writer.begin(1, 2);
      point(writer, random, timeMs);
      writer.end();
    }
    rest();
    writer.end();
    writer.end();
  };
  writer.begin(1, 3);
  writeResource(writer, random, 1);
  writer.begin(2, 3);
  writer.begin(1);
  writer.text(1, 'opentelemetry.instrumentation.serving');
  writer.text(2, '2.0b0');
  writer.end();
  while (left > 0) {
    write(['ml.client.requests', 'Calls of models.', '1'], 7, SUMS, sumPoint, () => {
      writer.uint(2, CUMULATIVE);
      writer.uint(3, 1);
    });
    write(
      ['process.cpu.utilization', 'Share of a CPU.', '1'],
      5,
      GAUGES,
      gaugePoint,
      () => undefined,
    );
    write(['http.server.duration', 'Time of a call.', 'ms'], 9, HISTOGRAMS, histogramPoint, () => {
      writer.uint(2, CUMULATIVE);
    });
  }
  writer.end();
  writer.text(3, 'https://opentelemetry.io/schemas/1.41.0');
  writer.end();
  return { bytes: writer.finish(), points, attributes: 5 * points, patches: writer.patches };
}

function writeTimes(writer: ProtoWriter, timeMs: number): void {
  writer.time(2, BigInt(timeMs - 60_000) * 1_000_000n);
  writer.time(3, BigInt(timeMs) * 1_000_000n);
}

function writeAttributes(writer: ProtoWriter, random: Prng, field: number): void {
  const attributes = createAttributeWriter(writer, field);
  attributes.text('ml.request.model', random.pick(MODELS));
  attributes.text('ml.operation.name', 'chat');
  attributes.text('server.address', 'api.openai.com');
  attributes.text('http.route', '/v1/completions');
  attributes.int('http.response.status_code', 200);
}

const sumPoint: PointWriter = (writer, random, timeMs) => {
  writeTimes(writer, timeMs);
  writer.fixed64(6, BigInt(random.below(1e6)));
  writeAttributes(writer, random, 7);
};

const gaugePoint: PointWriter = (writer, random, timeMs) => {
  writer.time(3, BigInt(timeMs) * 1_000_000n);
  writer.double(4, random.unit());
  writeAttributes(writer, random, 7);
};

const histogramPoint: PointWriter = (writer, random, timeMs) => {
  const counts = Array.from({ length: BOUNDS.length + 1 }, () => random.below(5000));
  writeTimes(writer, timeMs);
  writer.fixed64(4, BigInt(counts.reduce((sum, count) => sum + count, 0)));
  writer.double(5, random.unit() * 1e6);
  writer.fixed64s(
    6,
    counts.map((count) => BigInt(count)),
  );
  writer.doubles(7, BOUNDS);
  writeAttributes(writer, random, 9);
  writer.double(11, 1);
  writer.double(12, 9000);
};

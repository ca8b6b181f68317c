import { createAttributeWriter } from './attributeWriter';
import type { AttributeWriter } from './attributeWriter';
import { llmCall } from './llmCall';
import { prediction } from './prediction';
import { createPrng } from './prng';
import type { Prng } from './prng';
import { ProtoWriter } from './protoWriter';
import type { Patches } from './protoWriter';
import { writeResource } from './resource';
import { databaseQuery, gatewayRequest, httpRequest, remoteCall } from './serviceCall';
import type { SpanSort } from './spanKinds';

/**
 * `plain`: no ML span at all; `ml`: 40% model calls, 40% predictions, 20% HTTP; `secrets`: `plain` with a mail address or
 * a card number in one span of a hundred.
 */
export type Mix = 'plain' | 'ml' | 'secrets';

export interface TraceRequestOptions {
  readonly seed: number;
  readonly spans: number;
  readonly mix: Mix;
  /** Unix milliseconds; spans start within the minute before it. */
  readonly timeMs: number;
}

/** One `ExportTraceServiceRequest` and what is in it. */
export interface TraceRequest {
  readonly bytes: Buffer;
  readonly spans: number;
  /** Span attributes in all; attributes of resources and events are not in it. */
  readonly attributes: number;
  /** Rows it makes in `ml_inferences`. */
  readonly inferences: number;
  readonly patches: Patches;
}

const RESOURCES = 4;
const SPANS_PER_TRACE = 6;
const STACK =
  'Traceback (most recent call last):\n  File "/app/serve.py", line 118, in predict\n    raise TimeoutError\n';

const plain = (share: number): SpanSort =>
  share < 0.4 ? gatewayRequest : share < 0.7 ? databaseQuery : remoteCall;
const SORTS: Record<Mix, (share: number) => SpanSort> = {
  plain,
  secrets: plain,
  ml: (share) => (share < 0.4 ? llmCall : share < 0.8 ? prediction : httpRequest),
};

/**
 * A request as an SDK behind a Collector sends it: four resources with nine attributes each, traces of six spans,
 * 10% of the spans with an exception event, 3% with a link, 3% failed. Same options, same bytes.
 */
export function makeTraceRequest(options: TraceRequestOptions): TraceRequest {
  const random = createPrng(options.seed);
  const writer = new ProtoWriter(Math.max(4096, options.spans * 800));
  const counts = { attributes: 0, inferences: 0 };
  const perResource = Math.ceil(options.spans / RESOURCES);
  for (let first = 0; first < options.spans; first += perResource) {
    writer.begin(1, 3);
    writeResource(writer, random, first / perResource);
    writer.begin(2, 3);
    writer.begin(1);
    writer.text(1, 'opentelemetry.instrumentation.serving');
    writer.text(2, '2.0b0');
    writer.end();
    writeSpans(writer, random, Math.min(perResource, options.spans - first), options, counts);
    writer.end();
    writer.text(3, 'https://opentelemetry.io/schemas/1.41.0');
    writer.end();
  }
  return { bytes: writer.finish(), spans: options.spans, ...counts, patches: writer.patches };
}

function writeSpans(
  writer: ProtoWriter,
  random: Prng,
  count: number,
  options: TraceRequestOptions,
  counts: { attributes: number; inferences: number },
): void {
  let traceId = random.bytes(16);
  let rootId = random.bytes(8);
  for (let i = 0; i < count; i++) {
    const isRoot = i % SPANS_PER_TRACE === 0;
    if (isRoot) traceId = random.bytes(16);
    const spanId = random.bytes(8);
    if (isRoot) rootId = spanId;
    const kind = SORTS[options.mix](random.unit())(random);
    const start = BigInt(Math.floor(options.timeMs - random.unit() * 60_000)) * 1_000_000n;
    const duration = BigInt(1 + random.below(4_000)) * 1_000_000n + BigInt(random.below(1e6));
    writer.begin(2, 2);
    writer.id(1, traceId);
    writer.id(2, spanId);
    if (!isRoot) writer.id(4, rootId);
    writer.text(5, kind.name);
    writer.uint(6, kind.otlpKind);
    writer.time(7, start);
    writer.time(8, start + duration);
    const attributes = createAttributeWriter(writer, 9);
    kind.write(attributes);
    if (options.mix === 'secrets' && random.unit() < 0.01) writeSecret(attributes, random);
    if (random.unit() < 0.1) writeException(writer, start + duration / 2n);
    if (random.unit() < 0.03) writeLink(writer, random);
    if (random.unit() < 0.03) writeFailure(writer);
    writer.fixed32(16, 0x101);
    writer.end();
    counts.attributes += attributes.written;
    if (kind.inference) counts.inferences++;
  }
}

/** In a sentence, as it comes into telemetry by accident. */
function writeSecret(attributes: AttributeWriter, random: Prng): void {
  const secret =
    random.unit() < 0.5 ? `user${random.below(1e6)}@example.com` : '4111 1111 1111 1111';
  attributes.text('app.note', `refund asked for by ${secret}, see ticket`);
}

function writeException(writer: ProtoWriter, time: bigint): void {
  writer.begin(11, 2);
  writer.time(1, time);
  writer.text(2, 'exception');
  const attributes = createAttributeWriter(writer, 3);
  attributes.text('exception.type', 'TimeoutError');
  attributes.text('exception.message', 'request timed out after 4000 ms');
  attributes.text('exception.stacktrace', STACK);
  writer.end();
}

function writeLink(writer: ProtoWriter, random: Prng): void {
  writer.begin(13);
  writer.id(1, random.bytes(16));
  writer.id(2, random.bytes(8));
  writer.end();
}

function writeFailure(writer: ProtoWriter): void {
  writer.begin(15);
  writer.text(2, 'upstream timeout');
  writer.uint(3, 2);
  writer.end();
}

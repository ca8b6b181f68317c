import { createAttributeWriter } from './attributeWriter';
import { createPrng } from './prng';
import type { Prng } from './prng';
import { ProtoWriter } from './protoWriter';
import type { Patches } from './protoWriter';
import { writeResource } from './resource';

export interface LogRequestOptions {
  readonly seed: number;
  readonly records: number;
  /** Unix milliseconds; records are of the minute before it. */
  readonly timeMs: number;
}

/** One `ExportLogsServiceRequest` and what is in it. */
export interface LogRequest {
  readonly bytes: Buffer;
  readonly records: number;
  /** Record attributes in all; those of resources are not in it. */
  readonly attributes: number;
  readonly patches: Patches;
}

const RESOURCES = 4;
const LEVELS = [
  [9, 'INFO'],
  [9, 'INFO'],
  [9, 'INFO'],
  [13, 'WARN'],
  [17, 'ERROR'],
] as const;
const ROUTES = ['/v1/score', '/v1/chat', '/v1/rank', '/healthz'];
const FILES = ['serving/handler.py', 'serving/router.py', 'models/loader.py'];

/**
 * A request as an SDK behind a Collector sends it: four resources with nine attributes each, records with six attributes,
 * a line of text as body, trace and span id. Same options, same bytes.
 */
export function makeLogRequest(options: LogRequestOptions): LogRequest {
  const random = createPrng(options.seed);
  const writer = new ProtoWriter(Math.max(4096, options.records * 400));
  const perResource = Math.ceil(options.records / RESOURCES);
  let attributes = 0;
  for (let first = 0; first < options.records; first += perResource) {
    writer.begin(1, 3);
    writeResource(writer, random, first / perResource);
    writer.begin(2, 3);
    writer.begin(1);
    writer.text(1, 'serving.handler');
    writer.end();
    const last = Math.min(first + perResource, options.records);
    for (let i = first; i < last; i++) attributes += writeRecord(writer, random, options.timeMs);
    writer.end();
    writer.text(3, 'https://opentelemetry.io/schemas/1.41.0');
    writer.end();
  }
  return {
    bytes: writer.finish(),
    records: options.records,
    attributes,
    patches: writer.patches,
  };
}

/** Returns how many attributes the record has. */
function writeRecord(writer: ProtoWriter, random: Prng, timeMs: number): number {
  const [severity, level] = random.pick(LEVELS);
  const route = random.pick(ROUTES);
  const time = BigInt(Math.floor(timeMs - random.unit() * 60_000)) * 1_000_000n;
  const took = 1 + random.below(900);
  writer.begin(2, 2);
  writer.time(1, time);
  writer.uint(2, severity);
  writer.text(3, level);
  writer.begin(5);
  writer.text(
    1,
    `request ${random.hex(16)} to ${route} was answered in ${took} ms by worker ${random.below(64)} of the main pool`,
  );
  writer.end();
  const attributes = createAttributeWriter(writer, 6);
  attributes.text('http.route', route);
  attributes.int('http.response.status_code', severity > 13 ? 500 : 200);
  attributes.double('duration_ms', took + random.below(1000) / 1000);
  attributes.text('code.file.path', random.pick(FILES));
  attributes.int('code.line.number', 20 + random.below(400));
  attributes.text('thread.name', `serving-${random.below(64)}`);
  writer.fixed32(8, 1);
  writer.id(9, random.bytes(16));
  writer.id(10, random.bytes(8));
  writer.time(11, time + 1_000_000n);
  writer.end();
  return attributes.written;
}

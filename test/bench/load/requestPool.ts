import { makeTraceRequest } from '../../support/payloads/makeTraceRequest';
import type { Mix, TraceRequest } from '../../support/payloads/makeTraceRequest';
import { renewRequest } from '../../support/payloads/renewRequest';

const PREFIX_BYTES = 5;

/** A request that is not being sent by anyone else, ready to go out. */
export interface PooledRequest {
  /** The gRPC message frame: `request` behind its five-byte prefix, in the same memory. */
  readonly frame: Buffer;
  readonly request: TraceRequest;
}

export interface PoolSettings {
  readonly mix: Mix;
  readonly seed: number;
  readonly payloads: number;
  readonly spansPerRequest: number;
}

/** Distinct requests that are used again with new ids and times, so that every span sent is a span of its own. */
export interface RequestPool {
  readonly bytesPerSpan: number;
  readonly attributesPerSpan: number;
  /** Undefined when all are on their way. */
  take(nowMs: number): PooledRequest | undefined;
  giveBack(request: PooledRequest): void;
}

interface Entry extends PooledRequest {
  timeMs: number;
}

export function createRequestPool(settings: PoolSettings, nowMs: number): RequestPool {
  const free: Entry[] = [];
  let bytes = 0;
  let attributes = 0;
  for (let i = 0; i < settings.payloads; i++) {
    const made = makeTraceRequest({
      seed: settings.seed + i,
      spans: settings.spansPerRequest,
      mix: settings.mix,
      timeMs: nowMs,
    });
    const frame = Buffer.allocUnsafeSlow(PREFIX_BYTES + made.bytes.length);
    frame[0] = 0;
    frame.writeUInt32BE(made.bytes.length, 1);
    made.bytes.copy(frame, PREFIX_BYTES);
    free.push({ frame, request: { ...made, bytes: frame.subarray(PREFIX_BYTES) }, timeMs: nowMs });
    bytes += made.bytes.length;
    attributes += made.attributes;
  }
  const spans = settings.payloads * settings.spansPerRequest;
  const inUse = new Map<PooledRequest, Entry>();
  let sending = 0;
  return {
    bytesPerSpan: bytes / spans,
    attributesPerSpan: attributes / spans,
    take: (now) => {
      const entry = free.shift();
      if (!entry) return undefined;
      renewRequest(entry.request, ++sending, now - entry.timeMs);
      entry.timeMs = now;
      inUse.set(entry, entry);
      return entry;
    },
    giveBack: (request) => {
      const entry = inUse.get(request);
      if (!entry) throw new Error('this request was not taken from the pool');
      inUse.delete(request);
      free.push(entry);
    },
  };
}

import { renewRequest } from '../../support/payloads/renewRequest';
import { PAYLOADS } from './payloads';
import type { Payload, PayloadKind } from './payloads';

const PREFIX_BYTES = 5;

/** A request that is not being sent by anyone else, ready to go out. */
export interface PooledRequest {
  /** The gRPC message frame: `request` behind its five-byte prefix, in the same memory. */
  readonly frame: Buffer;
  readonly request: Payload;
}

export interface PoolSettings {
  readonly kind: PayloadKind;
  readonly seed: number;
  readonly payloads: number;
  readonly itemsPerRequest: number;
}

/** Distinct requests that are used again with new ids and times, so that every item sent is one of its own. */
export interface RequestPool {
  readonly bytesPerItem: number;
  readonly attributesPerItem: number;
  /** Undefined when all are on their way. */
  take(nowMs: number): PooledRequest | undefined;
  giveBack(request: PooledRequest): void;
}

interface Entry extends PooledRequest {
  timeMs: number;
}

export function createRequestPool(settings: PoolSettings, nowMs: number): RequestPool {
  const { make } = PAYLOADS[settings.kind];
  const free: Entry[] = [];
  let bytes = 0;
  let attributes = 0;
  for (let i = 0; i < settings.payloads; i++) {
    const made = make(settings.seed + i, settings.itemsPerRequest, nowMs);
    const frame = Buffer.allocUnsafeSlow(PREFIX_BYTES + made.bytes.length);
    frame[0] = 0;
    frame.writeUInt32BE(made.bytes.length, 1);
    made.bytes.copy(frame, PREFIX_BYTES);
    free.push({ frame, request: { ...made, bytes: frame.subarray(PREFIX_BYTES) }, timeMs: nowMs });
    bytes += made.bytes.length;
    attributes += made.attributes;
  }
  const items = settings.payloads * settings.itemsPerRequest;
  const inUse = new Map<PooledRequest, Entry>();
  let sending = 0;
  return {
    bytesPerItem: bytes / items,
    attributesPerItem: attributes / items,
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

import { makeTraceRequest } from '../../support/payloads/makeTraceRequest';
import type { Mix } from '../../support/payloads/makeTraceRequest';
import type { Patches } from '../../support/payloads/protoWriter';

/** What a figure is stated for: a signal, and what is in it. */
export type PayloadKind = Mix;

/** One export request and what is in it. */
export interface Payload {
  readonly bytes: Buffer;
  /** Spans. */
  readonly items: number;
  /** Attributes of the items, those of resources and events not counted. */
  readonly attributes: number;
  /** Rows it makes in `ml_inferences`. */
  readonly inferences: number;
  readonly patches: Patches;
}

interface PayloadSource {
  /** gRPC method that takes it. */
  readonly method: string;
  /** Items of a request in the saturating runs. */
  readonly items: number;
  /** Tables that the items themselves go to, one row each. */
  readonly tables: readonly string[];
  readonly make: (seed: number, items: number, timeMs: number) => Payload;
}

const traces = (mix: Mix): PayloadSource => ({
  method: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
  items: 512,
  tables: ['otel_traces'],
  make: (seed, items, timeMs) => {
    const request = makeTraceRequest({ seed, spans: items, mix, timeMs });
    return { ...request, items: request.spans };
  },
});

export const PAYLOADS: Readonly<Record<PayloadKind, PayloadSource>> = {
  plain: traces('plain'),
  ml: traces('ml'),
  secrets: traces('secrets'),
};

import type { Outcome } from './outcome';

export type Signal = 'traces' | 'metrics' | 'logs';

/** One OTLP export request: protobuf bytes of the signal's `Export…ServiceRequest`, whatever came over the wire. */
export interface OtlpRequest {
  readonly signal: Signal;
  /** Owned by the consumer from now on; decompressed. */
  readonly bytes: Uint8Array;
  readonly tenant: string;
  /** Wall clock at receipt, Unix milliseconds. */
  readonly receivedAtMs: number;
  /** To be called, if it is there, by whoever needs the bytes last: gives their memory back before it is found to be garbage. */
  readonly release?: (() => void) | undefined;
}

/** Whoever takes requests: the store, a forwarder, a test's recorder. */
export interface Consumer {
  /**
   * Resolves when the consumer has taken responsibility (the store: when the rows are committed), or has said no.
   * `deadline` aborts when nobody waits for the answer any more.
   */
  consume(request: OtlpRequest, deadline: AbortSignal): Promise<Outcome>;
}

import type { Outcome } from '../core/outcome';
import type { Signal } from '../core/consumer';

export type Protocol = 'grpc' | 'http';

/** Why the receiver turned a request away before any consumer saw it. */
export type RefusalReason =
  | 'unauthenticated'
  | 'in_flight_limit'
  | 'too_large'
  | 'malformed'
  | 'encoding'
  | 'content_type'
  | 'method'
  | 'path'
  | 'timeout'
  | 'aborted';

export interface Refusal {
  readonly protocol: Protocol;
  /** Undefined where the request did not get as far as naming one. */
  readonly signal: Signal | undefined;
  readonly reason: RefusalReason;
  /** Bytes read or announced until then. */
  readonly bytes: number;
}

export interface Answer {
  readonly protocol: Protocol;
  readonly signal: Signal;
  readonly status: Outcome['status'] | 'failed';
  /** Decompressed protobuf bytes. */
  readonly bytes: number;
  /** From the whole request to the answer. */
  readonly milliseconds: number;
}

/** What the receiver tells about itself; whoever implements it decides on log lines and counters. */
export interface ReceiveEvents {
  requestRefused(refusal: Refusal): void;
  /** A consumer has answered, whether or not the sender still waits. */
  requestAnswered(answer: Answer): void;
  /** A consumer threw, which is a bug; the sender was told so. */
  consumerFailed(failure: { protocol: Protocol; signal: Signal; error: unknown }): void;
  /** A connection above the limit was closed. */
  connectionRefused(refusal: { protocol: Protocol }): void;
}

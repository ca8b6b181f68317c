import type { Outcome } from '../core/outcome';
import type { Signal } from '../core/consumer';
import type { RateLimit } from './tenantRates';

export type Protocol = 'grpc' | 'http';

/** Why the receiver turned a request away before any consumer saw it. */
export type RefusalReason =
  | 'unauthenticated'
  | 'in_flight_limit'
  | 'rate_limit'
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
  /** A tenant sends faster than it may; told beside `requestRefused`. */
  tenantLimited(refusal: { protocol: Protocol; tenant: string; limit: RateLimit }): void;
  /** A connection ended before it was encrypted; `reason` is an error code. */
  handshakeFailed(failure: { protocol: Protocol; reason: string }): void;
  /** A certificate is in use from now on; `renewed` when it is not the first. */
  certificateLoaded(loaded: { protocol: Protocol; notAfterMs: number; renewed: boolean }): void;
  /** The files of a certificate are not usable now; the one before stays in use. */
  certificateNotRenewed(failure: { protocol: Protocol; reason: string }): void;
}

import type { Signal } from '../core/consumer';

/**
 * Why a request was not passed on: the queue was full (`queue_bytes`, `queue_requests`), the other side refused it for
 * good (`refused`) or could not take it in all the attempts (`attempts`), the processor stopped first (`stopping`), or
 * the bytes are not an export request (`malformed`).
 */
export type DropReason =
  'queue_bytes' | 'queue_requests' | 'refused' | 'attempts' | 'stopping' | 'malformed';

/** What forwarding tells of. */
export interface ForwardEvents {
  forwardSent(sent: { signal: Signal; items: number; bytes: number; durationMs: number }): void;
  /** Items that the other side refused of a request that it took. */
  forwardRejected(rejection: { signal: Signal; items: number; reason: string }): void;
  forwardDropped(drop: { signal: Signal; items: number; reason: DropReason; detail: string }): void;
  forwardRetried(retry: { signal: Signal; code: string; reason: string }): void;
  /** Combinations of labels that were added up without their labels, because there were too many. */
  usageOverflowed(overflow: { n: number }): void;
  /** The processor's own certificate, which ends at `notAfterMs` (Unix milliseconds). */
  certificateLoaded(loaded: { protocol: 'forward'; notAfterMs: number; renewed: boolean }): void;
  /** Changed TLS files cannot be used; those before stay. */
  certificateNotRenewed(failure: { protocol: 'forward'; reason: string }): void;
}

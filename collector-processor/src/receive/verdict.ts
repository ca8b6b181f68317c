import type { Outcome } from '../core/outcome';

/** What a sender is told: what became of the request, or why it did not get as far as a consumer. */
export type Verdict =
  | Outcome
  /** Our own limit on bytes in flight; nothing is wrong with the request. */
  | { readonly status: 'busy'; readonly retryAfterMs: number }
  /** The tenant sends faster than it may. */
  | { readonly status: 'limited'; readonly retryAfterMs: number }
  | { readonly status: 'tooLarge'; readonly reason: string }
  | { readonly status: 'unauthenticated' }
  /** A bug of ours. */
  | { readonly status: 'failed' };

/**
 * What became of a request. Expected results are values; a throw is a bug.
 * `receive/reply.ts` alone turns an outcome into gRPC and HTTP status codes.
 */
export type Outcome =
  /** Committed. `rejected` items of it were refused for good and are told to the sender as partial success. */
  | { readonly status: 'accepted'; readonly rejected: number; readonly reason?: string }
  /** Nothing of it was committed now; the sender should send it again after `retryAfterMs`. */
  | { readonly status: 'retry'; readonly retryAfterMs: number; readonly reason: string }
  /** It can never be accepted; sending it again would not help. */
  | { readonly status: 'refused'; readonly reason: string };

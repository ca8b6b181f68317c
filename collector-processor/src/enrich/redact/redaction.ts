import type { Consumer, OtlpRequest } from '../../core/consumer';
import { DecodeError } from '../../core/errors';
import { releaseOf } from '../../core/releaseOf';
import { RequestRewriter } from '../../otlp/rewrite/requestRewriter';
import { createReplacements } from './actions';
import { createPlans } from './plans';
import { type Redacted, RedactCounts } from './redactCounts';
import { RedactVisitor } from './redactVisitor';
import type { RedactRule } from './rule';

export interface RedactionEvents {
  /** Told once per request, kind and rule. */
  valuesRedacted(redacted: Redacted): void;
}

export interface RedactionSettings {
  /** In their order: the first one that fits decides. */
  readonly rules: readonly RedactRule[];
  /** null: no rule hashes. */
  readonly hashKey: string | null;
  /** `receive.limits.maxNesting`. */
  readonly maxNesting: number;
}

/**
 * A stage in front of whoever keeps requests or passes them on: it gets the very same request when no rule hits, else a
 * rewritten one. A request that cannot be read is refused here, for what cannot be searched must not go on.
 */
export function createRedaction(
  { next, events }: { readonly next: Consumer; readonly events: RedactionEvents },
  { rules, hashKey, maxNesting }: RedactionSettings,
): Consumer {
  const counts = new RedactCounts();
  const visitor = new RedactVisitor(createPlans(rules), createReplacements(hashKey), counts);
  const rewriter = new RequestRewriter(visitor, maxNesting);

  const redacted = (request: OtlpRequest): OtlpRequest => {
    counts.clear();
    const bytes = rewriter.rewrite(request);
    counts.tell((redacted) => {
      events.valuesRedacted(redacted);
    });
    if (bytes === request.bytes) return request;
    request.release?.();
    return { ...request, bytes, release: releaseOf(bytes) };
  };
  return {
    consume(request, deadline) {
      let clean: OtlpRequest;
      try {
        clean = redacted(request);
      } catch (error) {
        if (error instanceof DecodeError) {
          return Promise.resolve({ status: 'refused', reason: error.message });
        }
        // A DataView refuses to read past the end of the request.
        if (error instanceof RangeError) {
          return Promise.resolve({ status: 'refused', reason: 'message is cut off' });
        }
        throw error;
      }
      return next.consume(clean, deadline);
    },
  };
}

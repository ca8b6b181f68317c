import {
  isKey,
  performWrite,
  refuseWrite,
  type WriteAnswer,
  type WriteHead,
  type WriteParts,
  type WriteRequest,
} from './performWrite';
import { type Problem, problem } from './problem';

export interface Writes {
  answer(request: WriteRequest): Promise<WriteAnswer>;
  /** Tells the audit of a write that did not get as far as its body. */
  refuse(head: WriteHead, reason: Problem): Promise<void>;
}

/**
 * Every write goes this way: the audit is told before and after, and one idempotency key is one write. Rejects when the
 * store does not take what must be written; then the same request may be sent again.
 */
export function createWrites(
  parts: WriteParts,
  { idempotencyHours }: { readonly idempotencyHours: number },
): Writes {
  /** Keys under way in this process; two replicas asked at the same moment may both write. */
  const running = new Set<string>();

  const refuse = (head: WriteHead, reason: Problem): Promise<void> =>
    refuseWrite(head, reason, parts);
  const turnDown = async (head: WriteHead, reason: Problem): Promise<WriteAnswer> => {
    await refuse(head, reason);
    return { status: 'problem', problem: reason };
  };
  return {
    refuse,
    async answer(request) {
      const { route, input, caller, idempotencyKey: key } = request;
      if (key !== undefined && !isKey(key)) {
        const detail = 'Idempotency-Key: must be 1 to 255 visible ASCII characters';
        return turnDown(request, problem('invalid-request', detail));
      }
      const plan = route.plan(input);
      if (plan.status === 'problem') return turnDown(request, plan.problem);
      if (key === undefined) return performWrite(request, plan.answer, parts, idempotencyHours);
      const scope = JSON.stringify([caller.tenant, caller.actor, key]);
      if (running.has(scope)) {
        return turnDown(request, problem('idempotency-key-in-use', 'try again in a second'));
      }
      running.add(scope);
      try {
        return await performWrite(request, plan.answer, parts, idempotencyHours);
      } finally {
        running.delete(scope);
      }
    },
  };
}

import { borrowSession } from './borrowSession';
import type { FrontParts, FrontRequest } from './frontParts';
import type { Lease } from './lease';
import { requestState } from './requestState';
import type { Slots } from './slots';

export interface LeaseSettings {
  readonly slots: Slots;
  /** The statement leaves nothing behind on the connection, as a SET or a temporary table would. */
  readonly traceless: boolean;
}

/**
 * Does the work on a connection that has the state which the request wants, in one of the slots. A request of a session
 * first waits for its turn there, so that those who wait for each other occupy one slot only.
 */
export async function withLease<T>(
  parts: FrontParts,
  request: FrontRequest,
  { slots, traceless }: LeaseSettings,
  work: (lease: Lease, executionSeconds: number) => Promise<T>,
): Promise<T> {
  const { options, user, readOnly, gone } = request;
  const turn = options.session && (await parts.sessions.enter(user, options.session, gone));
  try {
    const release = await slots.take(gone);
    try {
      const state = requestState(options, readOnly, parts.limits);
      const lease =
        turn === undefined
          ? await parts.pool.lease({ state, readOnly, traceless })
          : await borrowSession(turn, state);
      try {
        return await work(lease, state.executionSeconds);
      } finally {
        await lease.end();
      }
    } finally {
      release();
    }
  } finally {
    turn?.leave();
  }
}

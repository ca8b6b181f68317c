import type { FrontParts, FrontRequest } from './frontParts';
import type { Lease } from './lease';
import { requestState } from './requestState';

/** A connection with the state that the request wants, and how long a statement on it may run. */
export async function leaseFor(
  parts: FrontParts,
  { options, readOnly, userName }: FrontRequest,
  traceless: boolean,
): Promise<{ lease: Lease; seconds: number }> {
  const state = requestState(options, readOnly, parts.limits);
  const wanted = { state, readOnly, traceless };
  const lease =
    options.session === undefined
      ? await parts.pool.lease(wanted)
      : await parts.sessions.lease(userName, options.session, wanted);
  return { lease, seconds: state.executionSeconds };
}

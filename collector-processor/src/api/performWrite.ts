import { createHash, randomUUID } from 'node:crypto';
import type { ClickHouseClient } from '@clickhouse/client';
import { messageOf } from '../core/errors';
import { type Deed, type Earlier, type Ending, findEarlier, writeAudit } from './audit';
import type { Caller } from './caller';
import { type Problem, problem } from './problem';
import type { Plan, RouteInput, WriteRoute } from './route';

export interface WriteParts {
  readonly clock: () => number;
  /** A write that ended without an answer of its own, or a refusal that could not be told to the audit. */
  readonly failed: (failure: { readonly error: unknown; readonly action: string }) => void;
}

/** A write as far as its headers tell of it. */
export interface WriteHead {
  readonly route: WriteRoute;
  readonly caller: Caller;
  readonly store: ClickHouseClient;
  /** The header as sent. */
  readonly idempotencyKey: string | undefined;
}

export interface WriteRequest extends WriteHead {
  readonly input: RouteInput;
}

export type WriteAnswer =
  | {
      readonly status: 'ok';
      readonly code: number;
      readonly json: string;
      readonly replayed: boolean;
    }
  | { readonly status: 'problem'; readonly problem: Problem };

const KEY = /^[\x21-\x7e]{1,255}$/;
export const isKey = (key: string): boolean => KEY.test(key);

const STARTED: Ending = { outcome: 'started', status: 0, reason: '', answer: '' };

const hashOf = ({ method, path }: WriteRoute, input: RouteInput): string =>
  createHash('sha256')
    .update(JSON.stringify([method, path, input]))
    .digest('hex');

const deedOf = ({ route, caller, idempotencyKey = '' }: WriteHead, timeMs: number): Deed => ({
  auditId: randomUUID(),
  timeMs,
  caller,
  action: route.action,
  idempotencyKey: isKey(idempotencyKey) ? idempotencyKey : '',
  requestHash: '',
  about: { object: '', request: {} },
});

const refusal = ({ status, detail, type }: Problem): Ending => ({
  outcome: 'refused',
  status,
  reason: `${type}: ${detail}`,
  answer: '',
});

/** Tells the audit of a write that was not begun. Never rejects: the answer is a refusal anyway. */
export async function refuseWrite(
  head: WriteHead,
  reason: Problem,
  { clock, failed }: WriteParts,
): Promise<void> {
  // Which fields were wrong, never their values: nobody has said yet that those may be kept.
  const fields = (reason.errors ?? []).map(({ field }) => field);
  const deed = { ...deedOf(head, clock()), about: { object: '', request: { fields } } };
  try {
    await writeAudit(head.store, deed, refusal(reason), 1);
  } catch (error) {
    failed({ error, action: head.route.action });
  }
}

/** What an earlier request with the same key means for this one; undefined: go on. */
function settled(earlier: Earlier | undefined, requestHash: string): WriteAnswer | undefined {
  if (earlier === undefined) return undefined;
  if (earlier.requestHash !== requestHash) {
    const detail = 'this Idempotency-Key was used for a different request: take a new one';
    return { status: 'problem', problem: problem('idempotency-key-reused', detail) };
  }
  if (earlier.outcome !== 'accepted') return undefined;
  return { status: 'ok', code: earlier.status, json: earlier.answer, replayed: true };
}

async function finish(
  { store, caller, route }: WriteRequest,
  plan: Plan,
  tell: (ending: Ending) => Promise<void>,
  { timeMs, failed }: { readonly timeMs: number } & Pick<WriteParts, 'failed'>,
): Promise<WriteAnswer> {
  try {
    const result = await plan.run({ store, caller, timeMs });
    if (result.status === 'problem') {
      await tell(refusal(result.problem));
      return result;
    }
    const json = JSON.stringify(result.answer);
    await tell({ outcome: 'accepted', status: 200, reason: '', answer: json });
    return { status: 'ok', code: 200, json, replayed: false };
  } catch (error) {
    const ending: Ending = { outcome: 'failed', status: 503, reason: messageOf(error), answer: '' };
    await tell(ending).catch((second: unknown) => {
      failed({ error: second, action: route.action });
    });
    throw error;
  }
}

/** Does what was planned, unless its key has an answer already. Rejects when the store does not take something. */
export async function performWrite(
  request: WriteRequest,
  plan: Plan,
  parts: WriteParts,
  idempotencyHours: number,
): Promise<WriteAnswer> {
  const { store, caller, route, input, idempotencyKey: key } = request;
  const requestHash = hashOf(route, input);
  const earlier =
    key === undefined ? undefined : await findEarlier(store, caller, key, idempotencyHours);
  const answer = settled(earlier, requestHash);
  if (answer?.status === 'problem') await refuseWrite(request, answer.problem, parts);
  if (answer !== undefined) return answer;
  const { about } = plan;
  const deed = { ...deedOf(request, parts.clock()), about, requestHash };
  // The second attempt of a write takes the place of the first.
  const known: Deed = earlier
    ? { ...deed, auditId: earlier.auditId, timeMs: earlier.timeMs }
    : deed;
  const version = (earlier?.rowVersion ?? 0) + 1;
  await writeAudit(store, known, STARTED, version);
  const tell = (ending: Ending): Promise<void> => writeAudit(store, known, ending, version + 1);
  return finish(request, plan, tell, { timeMs: known.timeMs, failed: parts.failed });
}

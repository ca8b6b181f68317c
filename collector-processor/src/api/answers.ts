import type { FastifyReply } from 'fastify';
import { type Problem, problem, PROBLEM_TYPE } from './problem';

/** Seconds after which a problem that passes may have passed. */
const SOON = 1;
const PASSING: ReadonlySet<number> = new Set([409, 503]);

/** Sends a problem, with when to come back where that helps. */
export function sendProblem(reply: FastifyReply, told: Problem, waitMs?: number): FastifyReply {
  if (waitMs !== undefined) reply.header('retry-after', String(Math.ceil(waitMs / 1000)));
  else if (PASSING.has(told.status)) reply.header('retry-after', String(SOON));
  if (told.status === 401) reply.header('www-authenticate', 'Bearer');
  return reply.code(told.status).type(PROBLEM_TYPE).send(told);
}

const BUGS = [TypeError, RangeError, ReferenceError, SyntaxError] as const;

/** What the server says about requests that it cannot read. */
const UNREADABLE: Readonly<Record<number, Problem>> = {
  400: problem('invalid-request', 'the body must be one JSON document'),
  413: problem('body-too-large', 'the body is larger than api.limits.maxBodyBytes'),
  415: problem('unsupported-media-type', 'the body must be application/json'),
};

/** An error of the server's own, about the request as it was sent; undefined: it is ours. */
export function unreadable(error: unknown): Problem | undefined {
  if (!(error instanceof Error) || !('statusCode' in error) || !('code' in error)) return undefined;
  return UNREADABLE[Number(error.statusCode)];
}

/** What is thrown beside our own bugs comes from a store that cannot now. It may say what nobody should see. */
export const failureOf = (error: unknown): Problem =>
  BUGS.some((bug) => error instanceof bug)
    ? problem('internal', 'this should not have happened; the log says more')
    : problem('unavailable', 'the store cannot do this now: try again');

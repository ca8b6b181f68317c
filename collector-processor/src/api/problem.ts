import type { z } from 'zod';

/** What can go wrong, by the last part of its `type`; these names stay. */
const KINDS = {
  'invalid-request': [400, 'The request does not fit'],
  unauthenticated: [401, 'Nobody we know'],
  forbidden: [403, 'Not allowed'],
  'not-found': [404, 'There is no such thing'],
  'idempotency-key-in-use': [409, 'A request with this key is under way'],
  'body-too-large': [413, 'The body is too large'],
  'unsupported-media-type': [415, 'The body must be application/json'],
  'idempotency-key-reused': [422, 'This key was used for another request'],
  'rate-limited': [429, 'Too many requests'],
  internal: [500, 'A bug'],
  unavailable: [503, 'Not now'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type ProblemKind = keyof typeof KINDS;

/** One thing that is wrong with a request. */
export interface FieldError {
  /** JSON pointer of the field in its place: `/labels/3/value`. */
  readonly field: string;
  readonly in: 'body' | 'query' | 'path' | 'header';
  readonly message: string;
  /** The value, where it is a single short one. */
  readonly value?: string | number | boolean | null;
}

/** An answer after RFC 9457. `message` repeats `detail`: Grafana shows that to people. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly message: string;
  readonly errors?: readonly FieldError[];
}

export const PROBLEM_TYPE = 'application/problem+json';
/** A name, not an address: nothing has to be there. */
const BASE = 'urn:plumbline:problem:';

export const PROBLEM_KINDS = Object.keys(KINDS) as readonly ProblemKind[];
export const problemTypeOf = (kind: ProblemKind): string => BASE + kind;
export const statusOf = (kind: ProblemKind): number => KINDS[kind][0];

export const problem = (
  kind: ProblemKind,
  detail: string,
  errors?: readonly FieldError[],
): Problem => ({
  type: problemTypeOf(kind),
  title: KINDS[kind][1],
  status: KINDS[kind][0],
  detail,
  message: detail,
  ...(errors && { errors }),
});

const SHOWN_ERRORS = 20;
const SHOWN_LENGTH = 100;

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (at, step) =>
      typeof at === 'object' && at !== null
        ? (at as Record<PropertyKey, unknown>)[step]
        : undefined,
    value,
  );

const shownValue = (value: unknown): Pick<FieldError, 'value'> => {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return { value };
  return typeof value === 'string' ? { value: value.slice(0, SHOWN_LENGTH) } : {};
};

/** A JSON pointer after RFC 6901. */
const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** What zod found wrong, each with field and value; at most the first twenty. */
export function invalidRequest(
  where: FieldError['in'],
  issues: readonly z.core.$ZodIssue[],
  input: unknown,
): Problem {
  const errors = issues.slice(0, SHOWN_ERRORS).flatMap((issue): FieldError[] => {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : [];
    const message = issue.message.replace(/^Invalid (?:input|option): /, '');
    const told = { in: where, message: keys.length > 0 ? 'unknown field' : message };
    const paths = keys.length > 0 ? keys.map((key) => [...issue.path, key]) : [issue.path];
    return paths.map((path) => ({
      field: pointerTo(path).slice(0, SHOWN_LENGTH),
      ...told,
      ...shownValue(valueAt(input, path)),
    }));
  });
  const first = errors[0];
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  const detail = first
    ? `${first.in} ${first.field || '/'}: ${first.message}${more}`
    : 'it does not fit';
  return problem('invalid-request', detail, errors.slice(0, SHOWN_ERRORS));
}

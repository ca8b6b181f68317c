/** Why a call of the API did not do what it should; `message` is what the API or Grafana said. */
export type ProblemKind =
  | 'invalid'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'rate_limited'
  | 'not_configured'
  | 'unavailable'
  | 'internal';

export interface FieldProblem {
  /** JSON pointer into the request's body, e.g. `/stage`. */
  readonly pointer: string;
  readonly detail: string;
}

export interface Problem {
  readonly kind: ProblemKind;
  /** HTTP status; 0 when nothing answered. */
  readonly status: number;
  readonly message: string;
  readonly fields: readonly FieldProblem[];
}

const KINDS: Readonly<Record<number, ProblemKind>> = {
  0: 'unavailable',
  400: 'invalid',
  401: 'forbidden',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  412: 'conflict',
  413: 'too_large',
  415: 'invalid',
  422: 'conflict',
  429: 'rate_limited',
  503: 'unavailable',
  504: 'unavailable',
};

/** Grafana's proxy answers 502 without a body when the address of the API is absent, wrong or does not answer. */
const NO_ANSWER = 502;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const textIn = (value: Record<string, unknown>, key: string): string => {
  const text = value[key];
  return typeof text === 'string' ? text : '';
};

const fieldsIn = (data: Record<string, unknown>): readonly FieldProblem[] =>
  Array.isArray(data.errors)
    ? data.errors.filter(isRecord).map((error) => ({
        pointer: textIn(error, 'field'),
        detail: textIn(error, 'message'),
      }))
    : [];

/** Grafana reads only `application/json` as JSON: a problem+json body is still a text. */
const bodyOf = (data: unknown): Record<string, unknown> => {
  if (typeof data !== 'string') return isRecord(data) ? data : {};
  try {
    const read: unknown = JSON.parse(data);
    return isRecord(read) ? read : {};
  } catch {
    return {};
  }
};

const kindOf = (status: number, message: string): ProblemKind => {
  // Grafana's words for an app that is switched off, and for a route that plugin.json does not have.
  if (status === 404 && message === 'Plugin is not enabled') return 'not_configured';
  if (status === NO_ANSWER) return 'not_configured';
  return KINDS[status] ?? (status >= 500 ? 'internal' : 'invalid');
};

/**
 * What `getBackendSrv().fetch` throws, as a problem: the plain object of an HTTP error with the API's problem+json
 * (RFC 9457), Grafana's own `{message}` or nothing as body, or an exception when the network is gone.
 */
export const problemOf = (error: unknown): Problem => {
  if (!isRecord(error))
    return { kind: 'unavailable', status: 0, message: String(error), fields: [] };
  const status = typeof error.status === 'number' ? error.status : 0;
  const data = bodyOf(error.data);
  const message =
    textIn(data, 'detail') ||
    textIn(data, 'message') ||
    textIn(data, 'title') ||
    textIn(error, 'message') ||
    textIn(error, 'statusText');
  return { kind: kindOf(status, message), status, message, fields: fieldsIn(data) };
};

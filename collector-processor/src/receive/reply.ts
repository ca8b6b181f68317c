import { Metadata, status as GRPC } from '@grpc/grpc-js';
import { encodePartialSuccess, encodeStatus } from './responseMessages';
import type { Verdict } from './verdict';

/** The only place that turns a verdict into status codes: https://opentelemetry.io/docs/specs/otlp/#failures */

export type BodyFormat = 'protobuf' | 'json';

export interface GrpcReply {
  readonly code: GRPC;
  readonly details: string;
  readonly metadata: Metadata | null;
  /** `Export…ServiceResponse`; only with OK. */
  readonly message: Buffer;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

interface Problem {
  readonly code: GRPC;
  readonly http: number;
  readonly message: string;
  /** With it the sender may try again, RESOURCE_EXHAUSTED included. */
  readonly retryAfterMs?: number;
}

const EMPTY = Buffer.alloc(0);
const MAX_MESSAGE_CHARACTERS = 1_000;
export const CONTENT_TYPE = {
  protobuf: 'application/x-protobuf',
  json: 'application/json',
} as const satisfies Record<BodyFormat, string>;

/** Fit for a header: bounded, and without the lone surrogates that cutting, or a sender, may leave. */
const tidy = (text: string): string =>
  Buffer.from(text.slice(0, MAX_MESSAGE_CHARACTERS)).toString('utf8');

function problemOf(verdict: Exclude<Verdict, { status: 'accepted' }>): Problem {
  switch (verdict.status) {
    case 'retry':
      return {
        code: GRPC.UNAVAILABLE,
        http: 503,
        message: tidy(verdict.reason),
        retryAfterMs: verdict.retryAfterMs,
      };
    case 'busy':
      return {
        code: GRPC.RESOURCE_EXHAUSTED,
        http: 429,
        message: 'too many bytes are being worked on',
        retryAfterMs: verdict.retryAfterMs,
      };
    case 'limited':
      return {
        code: GRPC.RESOURCE_EXHAUSTED,
        http: 429,
        message: 'the rate limit of the tenant is reached',
        retryAfterMs: verdict.retryAfterMs,
      };
    case 'refused':
      return { code: GRPC.INVALID_ARGUMENT, http: 400, message: tidy(verdict.reason) };
    case 'tooLarge':
      return { code: GRPC.RESOURCE_EXHAUSTED, http: 413, message: verdict.reason };
    case 'unauthenticated':
      return { code: GRPC.UNAUTHENTICATED, http: 401, message: 'a known bearer token is needed' };
    case 'failed':
      return { code: GRPC.INTERNAL, http: 500, message: 'internal error' };
  }
}

type Accepted = Extract<Verdict, { status: 'accepted' }>;

/** Partial success must be left out of a full success; with nothing refused it may carry a warning. */
const isPartial = ({ rejected, reason }: Accepted): boolean => rejected > 0 || Boolean(reason);

const GRPC_ACCEPTED: GrpcReply = {
  code: GRPC.OK,
  details: 'OK',
  metadata: null,
  message: EMPTY,
};

export function grpcReply(verdict: Verdict): GrpcReply {
  if (verdict.status === 'accepted') {
    if (!isPartial(verdict)) return GRPC_ACCEPTED;
    const message = encodePartialSuccess(verdict.rejected, tidy(verdict.reason ?? ''));
    return { ...GRPC_ACCEPTED, message };
  }
  const { code, message, retryAfterMs } = problemOf(verdict);
  let metadata: Metadata | null = null;
  if (retryAfterMs !== undefined) {
    metadata = new Metadata();
    metadata.set('grpc-status-details-bin', encodeStatus(code, message, retryAfterMs));
  }
  return { code, details: message, metadata, message: EMPTY };
}

/** `rejectedName` is the JSON name of the signal's count of refused items. */
export function httpReply(verdict: Verdict, format: BodyFormat, rejectedName: string): HttpReply {
  const headers: Record<string, string> = { 'Content-Type': CONTENT_TYPE[format] };
  if (verdict.status === 'accepted') {
    return { status: 200, headers, body: acceptedBody(verdict, format, rejectedName) };
  }
  const { code, http, message, retryAfterMs } = problemOf(verdict);
  if (retryAfterMs !== undefined) {
    headers['Retry-After'] = String(Math.max(1, Math.ceil(retryAfterMs / 1000)));
  }
  if (http === 401) headers['WWW-Authenticate'] = 'Bearer';
  const body =
    format === 'json'
      ? Buffer.from(JSON.stringify({ code, message }))
      : encodeStatus(code, message, retryAfterMs);
  return { status: http, headers, body };
}

function acceptedBody(verdict: Accepted, format: BodyFormat, rejectedName: string): Buffer {
  const reason = tidy(verdict.reason ?? '');
  if (format === 'json') {
    const partialSuccess = { [rejectedName]: String(verdict.rejected), errorMessage: reason };
    return Buffer.from(JSON.stringify(isPartial(verdict) ? { partialSuccess } : {}));
  }
  return isPartial(verdict) ? encodePartialSuccess(verdict.rejected, reason) : EMPTY;
}

/** What HTTP alone can get wrong, in words and with the header that says what would be right. */
export const HTTP_PROBLEMS = {
  path: { status: 404, headers: {}, text: '404 page not found' },
  method: {
    status: 405,
    headers: { Allow: 'POST' },
    text: '405 method not allowed, supported: [POST]',
  },
  content_type: {
    status: 415,
    headers: { 'Accept-Post': `${CONTENT_TYPE.json}, ${CONTENT_TYPE.protobuf}` },
    text: `415 unsupported media type, supported: [${CONTENT_TYPE.json}, ${CONTENT_TYPE.protobuf}]`,
  },
} as const;

export const plainReply = (problem: keyof typeof HTTP_PROBLEMS): HttpReply => {
  const { status, headers, text } = HTTP_PROBLEMS[problem];
  return {
    status,
    headers: { ...headers, 'Content-Type': 'text/plain; charset=utf-8' },
    body: Buffer.from(text),
  };
};

/** What becomes of a connection on which no request can be read; `text` is the whole answer. */
export function connectionReply(errorCode: string | undefined): {
  reason: 'timeout' | 'too_large' | 'malformed' | 'aborted';
  text: string;
} {
  const answer = (status: string): string =>
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
  if (errorCode === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return { reason: 'timeout', text: answer('408 Request Timeout') };
  }
  if (errorCode === 'HPE_HEADER_OVERFLOW') {
    return { reason: 'too_large', text: answer('431 Request Header Fields Too Large') };
  }
  if (errorCode?.startsWith('HPE_'))
    return { reason: 'malformed', text: answer('400 Bad Request') };
  return { reason: 'aborted', text: '' };
}

import type { IncomingMessage } from 'node:http';

type Headers = Readonly<Record<string, string>>;

const NONE: Headers = {};
const PREFLIGHT: Headers = {
  'Access-Control-Allow-Methods': 'POST',
  'Access-Control-Max-Age': '7200',
};

/** Headers that let a browser application of an allowed origin send; empty for all others. */
export function corsHeaders(request: IncomingMessage, allowedOrigins: readonly string[]): Headers {
  const { origin } = request.headers;
  if (origin === undefined || allowedOrigins.length === 0) return NONE;
  if (!allowedOrigins.includes(origin) && !allowedOrigins.includes('*')) return { Vary: 'Origin' };
  return { Vary: 'Origin', 'Access-Control-Allow-Origin': origin };
}

/** True for the question a browser asks before it sends; `headers` then holds the rest of the answer. */
export function preflightHeaders(request: IncomingMessage, allowed: Headers): Headers | undefined {
  const asked = request.headers['access-control-request-headers'];
  const isPreflight =
    request.method === 'OPTIONS' && allowed['Access-Control-Allow-Origin'] !== undefined;
  if (!isPreflight) return undefined;
  const named = asked === undefined ? {} : { 'Access-Control-Allow-Headers': asked };
  return { ...allowed, ...PREFLIGHT, ...named };
}

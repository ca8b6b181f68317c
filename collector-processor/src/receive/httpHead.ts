import type { IncomingMessage } from 'node:http';
import type { RefusalReason } from './events';
import type { ReceiverParts } from './receiver';
import { BODY_ENCODINGS, isBodyEncoding } from './readBody';
import type { BodyEncoding } from './readBody';
import { CONTENT_TYPE, httpReply, plainReply } from './reply';
import type { BodyFormat, HttpReply } from './reply';
import type { ReceiveLimits } from './settings';
import type { SignalRoute } from './signals';
import type { Verdict } from './verdict';

/** What the headers say of a body that may be read. */
export interface Head {
  readonly tenant: string;
  readonly format: BodyFormat;
  readonly encoding: BodyEncoding;
}

/** The end of a request that we turn away ourselves. */
export interface Refused {
  readonly reason: RefusalReason;
  readonly bytes: number;
  readonly reply: HttpReply;
}

const FORMATS = new Map<string, BodyFormat>([
  [CONTENT_TYPE.protobuf, 'protobuf'],
  [CONTENT_TYPE.json, 'json'],
]);

/** `application/json; charset=utf-8` is JSON too. */
const formatOf = (contentType = ''): BodyFormat | undefined =>
  FORMATS.get(contentType.split(';', 1)[0]!.trim().toLowerCase());

export const busy = ({ busyRetryAfterMs }: ReceiveLimits): Verdict => ({
  status: 'busy',
  retryAfterMs: busyRetryAfterMs,
});

export const tooLarge = ({ maxBodyBytes, maxDecompressedBytes }: ReceiveLimits): Verdict => ({
  status: 'tooLarge',
  reason: `a body may have ${maxBodyBytes} bytes, ${maxDecompressedBytes} after decompression`,
});

/** Judges a request by its headers, before any of its body is read or, with `Expect: 100-continue`, even sent. */
export function readHead(
  { headers, method }: IncomingMessage,
  route: SignalRoute,
  { authenticate, budget, rates, events }: ReceiverParts,
  limits: ReceiveLimits,
): Head | Refused {
  const bytes = Number(headers['content-length'] ?? 0);
  const format = formatOf(headers['content-type']);
  const refused = (reason: RefusalReason, verdict: Verdict): Refused => ({
    reason,
    bytes,
    reply: httpReply(verdict, format ?? 'json', route.rejectedName),
  });

  if (method !== 'POST') return { reason: 'method', bytes, reply: plainReply('method') };
  const sender = authenticate((name) => headers[name]?.toString());
  if (sender === undefined) return refused('unauthenticated', { status: 'unauthenticated' });
  const limited = rates.admit(sender.tenant);
  if (limited !== undefined) {
    const { limit, waitMs } = limited;
    events.tenantLimited({ protocol: 'http', tenant: sender.tenant, limit });
    return refused('rate_limit', { status: 'limited', retryAfterMs: waitMs });
  }
  if (format === undefined) {
    return { reason: 'content_type', bytes, reply: plainReply('content_type') };
  }
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (!isBodyEncoding(encoding)) {
    const reason = `unsupported content-encoding, supported: [${BODY_ENCODINGS}]`;
    const { reply, ...rest } = refused('encoding', { status: 'refused', reason });
    const withList = { ...reply.headers, 'Accept-Encoding': BODY_ENCODINGS };
    return { ...rest, reply: { ...reply, headers: withList } };
  }
  if (bytes > limits.maxBodyBytes) return refused('too_large', tooLarge(limits));
  // Only asked here, to spare a sender a body that would not fit; it is taken chunk by chunk.
  if (!budget.take(bytes)) return refused('in_flight_limit', busy(limits));
  budget.release(bytes);
  return { tenant: sender.tenant, format, encoding };
}

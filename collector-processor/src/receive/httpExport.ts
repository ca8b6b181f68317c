import type { IncomingMessage } from 'node:http';
import { DecodeError } from '../core/errors';
import { jsonToProtobuf } from '../otlp/json/jsonToProtobuf';
import type { RefusalReason } from './events';
import { busy, tooLarge } from './httpHead';
import type { Head, Refused } from './httpHead';
import type { Intake } from './intake';
import { readBody } from './readBody';
import type { Body } from './readBody';
import type { ReceiverParts } from './receiver';
import { httpReply } from './reply';
import type { HttpReply } from './reply';
import type { ReceiveLimits } from './settings';
import type { SignalRoute } from './signals';
import type { Verdict } from './verdict';

type Unread = Exclude<Body['status'], 'whole'>;

const REASONS: Record<Unread, RefusalReason> = {
  tooLarge: 'too_large',
  busy: 'in_flight_limit',
  malformed: 'malformed',
  aborted: 'aborted',
};

function verdictOf(status: Unread, limits: ReceiveLimits): Verdict {
  if (status === 'tooLarge') return tooLarge(limits);
  if (status === 'busy') return busy(limits);
  return { status: 'refused', reason: 'the body cannot be decompressed or is not whole' };
}

/** The protobuf of a JSON body, or why it has none. */
function protobufOf(json: Buffer, route: SignalRoute, maxDepth: number): Buffer | DecodeError {
  try {
    return jsonToProtobuf(route.request, json, maxDepth);
  } catch (error) {
    if (error instanceof DecodeError) return error;
    throw error;
  }
}

/** Reads the body of a request whose headers were good, has it consumed and says what to answer. */
export function createHttpExport(
  intake: Intake,
  budget: ReceiverParts['budget'],
  limits: ReceiveLimits,
) {
  const consume = async (
    sent: Buffer,
    { tenant, format }: Head,
    route: SignalRoute,
    deadline: AbortSignal,
  ): Promise<Refused | { reply: HttpReply }> => {
    const isJson = format === 'json' && sent.length > 0;
    const bytes = isJson ? protobufOf(sent, route, limits.maxJsonDepth) : sent;
    if (bytes instanceof DecodeError) {
      const verdict: Verdict = { status: 'refused', reason: bytes.message };
      const reply = httpReply(verdict, format, route.rejectedName);
      return { reason: 'malformed', bytes: sent.length, reply };
    }
    const { signal, rejectedName } = route;
    const verdict = await intake({ protocol: 'http', signal, bytes, tenant }, deadline);
    return { reply: httpReply(verdict, format, rejectedName) };
  };

  return async (
    request: IncomingMessage,
    head: Head,
    route: SignalRoute,
    deadline: AbortSignal,
  ): Promise<Refused | { reply: HttpReply }> => {
    const body = await readBody(request, head.encoding, limits, budget);
    if (body.status !== 'whole') {
      const reply = httpReply(verdictOf(body.status, limits), head.format, route.rejectedName);
      return { reason: REASONS[body.status], bytes: body.sentBytes, reply };
    }
    // The consumer may have given the bytes back when it answers.
    const { length } = body.bytes;
    try {
      return await consume(body.bytes, head, route, deadline);
    } finally {
      budget.release(length);
    }
  };
}

import type { Clock } from '../core/clock';
import type { Consumer, Signal } from '../core/consumer';
import type { Outcome } from '../core/outcome';
import { releaseOf } from '../core/releaseOf';
import type { Protocol, ReceiveEvents } from './events';
import type { TenantRates } from './tenantRates';
import type { Verdict } from './verdict';

export interface Received {
  readonly protocol: Protocol;
  readonly signal: Signal;
  readonly bytes: Uint8Array;
  readonly tenant: string;
}

/** Hands whole requests to the consumer; the same behind both servers. Never rejects. */
export type Intake = (received: Received, deadline: AbortSignal) => Promise<Verdict>;

/** OTLP: a request without telemetry is a success. */
const NOTHING_SENT: Outcome = { status: 'accepted', rejected: 0 };

export function createIntake(parts: {
  next: Consumer;
  events: ReceiveEvents;
  rates: TenantRates;
  clock: Clock;
}): Intake {
  const { next, events, rates, clock } = parts;
  return async ({ protocol, signal, bytes, tenant }, deadline) => {
    // The bytes are the consumer's, and may be gone when it answers.
    const { length } = bytes;
    if (length === 0) return NOTHING_SENT;
    rates.charge(tenant, length);
    const receivedAtMs = clock();
    let verdict: Outcome | { status: 'failed' } = { status: 'failed' };
    try {
      const request = { signal, bytes, tenant, receivedAtMs, release: releaseOf(bytes) };
      verdict = await next.consume(request, deadline);
    } catch (error) {
      events.consumerFailed({ protocol, signal, error });
    }
    const { status } = verdict;
    const milliseconds = clock() - receivedAtMs;
    events.requestAnswered({ protocol, signal, status, bytes: length, milliseconds });
    return verdict;
  };
}

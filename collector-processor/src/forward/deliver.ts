import { setTimeout as sleep } from 'node:timers/promises';
import type { Signal } from '../core/consumer';
import type { ForwardEvents } from './forwardEvents';
import { type BackoffSettings, retryDelay } from './retryDelay';
import type { Sender } from './sender';

/** A request as it is sent. */
export interface Delivery {
  readonly signal: Signal;
  /** Spans, data points or log records in it. */
  readonly items: number;
  readonly bytes: Buffer;
}

export interface DeliverParts {
  readonly events: ForwardEvents;
  /** From [0, 1). */
  readonly random: () => number;
}

export interface DeliverSettings {
  /** Attempts for one request, the first included. */
  readonly attempts: number;
  readonly backoff: BackoffSettings;
}

/** Attempts until the request is taken, refused or given up, and tells which; never rejects. */
export async function deliver(
  { signal, items, bytes }: Delivery,
  sender: Sender,
  { events, random }: DeliverParts,
  { attempts, backoff }: DeliverSettings,
  abandon: AbortSignal,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const begun = performance.now();
    const reply = await sender.send(signal, bytes, abandon);
    if (reply.status === 'sent') {
      const durationMs = performance.now() - begun;
      events.forwardSent({ signal, items, bytes: bytes.length, durationMs });
      const { rejected, reason } = reply;
      if (rejected > 0) events.forwardRejected({ signal, items: rejected, reason });
      return;
    }
    const { code, reason } = reply;
    const detail = `${code}: ${reason}`;
    if (reply.status === 'refused') {
      events.forwardDropped({ signal, items, reason: 'refused', detail });
      return;
    }
    if (!abandon.aborted && attempt >= attempts) {
      events.forwardDropped({ signal, items, reason: 'attempts', detail });
      return;
    }
    if (!abandon.aborted) {
      events.forwardRetried({ signal, code, reason });
      const pause = retryDelay(backoff, attempt, reply.afterMs, random());
      await sleep(pause, undefined, { signal: abandon }).catch(() => undefined);
    }
    if (abandon.aborted) {
      events.forwardDropped({ signal, items, reason: 'stopping', detail });
      return;
    }
  }
}

import type { Additions } from '../core/additions';
import type { Component } from '../core/component';
import type { OtlpRequest } from '../core/consumer';
import { DecodeError } from '../core/errors';
import { TENANT_KEY } from '../core/tenantKey';
import { AttributeAppender } from '../otlp/append';
import { deliver, type DeliverParts, type DeliverSettings, type Item } from './deliver';
import type { DropReason } from './forwardEvents';
import type { Sender } from './sender';

export interface ForwarderParts extends DeliverParts {
  /** Reads what the connection needs and makes it; a rejection aborts the boot. */
  readonly connect: () => Promise<Sender>;
}

export interface ForwarderSettings extends DeliverSettings {
  /** Of all requests that wait or are being sent. */
  readonly maxBytes: number;
  readonly maxRequests: number;
  /** Requests that are sent at the same time. */
  readonly concurrency: number;
  /** Longest time that stopping waits for the queue to drain, milliseconds. */
  readonly drainMs: number;
}

const DEFAULT_TENANT = 'default';

/**
 * Passes requests on, later and if it can. Whatever happens downstream, who offers is neither delayed nor failed: the
 * queue is bounded, what does not fit is dropped, and all that is dropped is counted.
 */
export class Forwarder implements Component {
  private readonly parts: ForwarderParts;
  private readonly settings: ForwarderSettings;
  private readonly appender = new AttributeAppender(TENANT_KEY);
  private readonly waiting: Item[] = [];
  private readonly abandon = new AbortController();
  private readonly used = { bytes: 0, requests: 0 };
  private sending = 0;
  private sender: Sender | undefined;
  private idle: (() => void) | undefined;
  private stopped: Promise<void> | undefined;

  constructor(parts: ForwarderParts, settings: ForwarderSettings) {
    this.parts = parts;
    this.settings = settings;
  }

  /** What waits or is being sent. */
  get queued(): { readonly bytes: number; readonly requests: number } {
    return this.used;
  }

  async start(): Promise<void> {
    this.sender = await this.parts.connect();
    this.pump();
  }

  /** Sends what waits until the deadline, at most for `drainMs`; what is left then is dropped. */
  stop(deadline: AbortSignal): Promise<void> {
    return (this.stopped ??= this.end(deadline));
  }

  /** Takes the request into the queue; false when it was dropped instead. `items`: how many are in it. */
  offer(request: OtlpRequest, items: number, additions?: Additions): boolean {
    const { signal } = request;
    const full = this.noRoom(request.bytes.length + (additions?.bytes.length ?? 0));
    if (full !== undefined) {
      this.drop(signal, items, full);
      return false;
    }
    const bytes = this.enriched(request, items, additions);
    if (bytes === undefined) return false;
    this.waiting.push({ signal, items, bytes });
    this.used.bytes += bytes.length;
    this.used.requests++;
    this.pump();
    return true;
  }

  private enriched(
    { signal, bytes, tenant }: OtlpRequest,
    items: number,
    additions: Additions | undefined,
  ): Buffer | undefined {
    const label = tenant === DEFAULT_TENANT ? undefined : tenant;
    try {
      return compact(this.appender.append(bytes, additions, label));
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      this.drop(signal, items, 'malformed', error.message);
      return undefined;
    }
  }

  /** Why there is no room for this many bytes; undefined when there is. */
  private noRoom(bytes: number): DropReason | undefined {
    const { used, settings } = this;
    if (this.stopped !== undefined) return 'stopping';
    if (used.requests >= settings.maxRequests) return 'queue_requests';
    return used.bytes + bytes > settings.maxBytes ? 'queue_bytes' : undefined;
  }

  private pump(): void {
    const { sender, parts, settings } = this;
    const { signal } = this.abandon;
    while (sender !== undefined && this.sending < settings.concurrency && !signal.aborted) {
      const item = this.waiting.shift();
      if (item === undefined) break;
      this.sending++;
      void deliver(item, sender, parts, settings, signal).finally(() => {
        this.sending--;
        this.leave(item);
        this.pump();
      });
    }
    if (this.sending === 0) this.idle?.();
  }

  private async end(deadline: AbortSignal): Promise<void> {
    const giveUp = (): void => {
      this.abandon.abort();
    };
    const timer = setTimeout(giveUp, this.settings.drainMs);
    deadline.addEventListener('abort', giveUp);
    if (deadline.aborted) giveUp();
    await new Promise<void>((resolve) => {
      this.idle = resolve;
      this.pump();
    });
    clearTimeout(timer);
    deadline.removeEventListener('abort', giveUp);
    for (const item of this.waiting.splice(0)) {
      this.leave(item);
      this.drop(item.signal, item.items, 'stopping');
    }
    this.sender?.close();
    this.sender = undefined;
  }

  private leave({ bytes }: Item): void {
    this.used.bytes -= bytes.length;
    this.used.requests--;
  }

  private drop(signal: Item['signal'], items: number, reason: DropReason, detail = ''): void {
    this.parts.events.forwardDropped({ signal, items, reason, detail });
  }
}

/** A small part of a large piece of memory would hold all of it while it waits; the limits count only the part. */
function compact(bytes: Buffer): Buffer {
  if (bytes.buffer.byteLength <= 2 * bytes.length) return bytes;
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(copy);
  return copy;
}

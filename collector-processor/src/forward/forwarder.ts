import type { Additions } from '../core/additions';
import type { Component } from '../core/component';
import type { OtlpRequest, Signal } from '../core/consumer';
import { DecodeError } from '../core/errors';
import { TENANT_KEY } from '../core/tenantKey';
import { AttributeAppender } from '../otlp/append';
import type { Room } from '../otlp/patches';
import { deliver, type DeliverParts, type DeliverSettings } from './deliver';
import type { DropReason } from './forwardEvents';
import { SendBuffers } from './sendBuffers';
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

/** A request in the queue: as it came, and what is to be added when it is sent. */
interface Item {
  readonly request: OtlpRequest;
  readonly items: number;
  readonly additions: Additions | undefined;
  /** What it counts in the queue. */
  readonly size: number;
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
  private readonly buffers = new SendBuffers();
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

  /** Takes the request into the queue; false when there is no room. `items`: how many are in it. */
  offer(request: OtlpRequest, items: number, additions?: Additions): boolean {
    const size = request.bytes.length + (additions?.bytes.length ?? 0);
    const full = this.noRoom(size);
    if (full !== undefined) {
      this.drop(request.signal, items, full);
      request.release?.();
      return false;
    }
    const own = { ...request, bytes: compact(request.bytes) };
    this.waiting.push({ request: own, items, additions, size });
    this.used.bytes += size;
    this.used.requests++;
    this.pump();
    return true;
  }

  /**
   * The request as it is sent. Written when its turn comes, into memory that is used again and again: a copy of each
   * request that waits would double what the queue holds, and what comes and goes outside the heap makes the collector run.
   */
  private enriched({ request, items, additions }: Item, room: Room): Buffer | undefined {
    const { signal, bytes, tenant } = request;
    const label = tenant === DEFAULT_TENANT ? undefined : tenant;
    try {
      const enriched = this.appender.append(bytes, additions, label, room);
      // Not what is sent itself: a connection that was given up may still read it.
      if (enriched.buffer !== bytes.buffer) request.release?.();
      return enriched;
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
    const { sender, settings } = this;
    const { signal } = this.abandon;
    while (sender !== undefined && this.sending < settings.concurrency && !signal.aborted) {
      const item = this.waiting.shift();
      if (item === undefined) break;
      this.sending++;
      void this.send(item, sender).finally(() => {
        this.sending--;
        this.leave(item);
        this.pump();
      });
    }
    if (this.sending === 0) this.idle?.();
  }

  private async send(item: Item, sender: Sender): Promise<void> {
    const buffer = this.buffers.take();
    const bytes = this.enriched(item, buffer.room);
    if (bytes !== undefined) {
      const { items, request } = item;
      const { parts, settings, abandon } = this;
      const delivery = { signal: request.signal, items, bytes };
      await deliver(delivery, sender, parts, settings, abandon.signal);
    }
    this.buffers.giveBack(buffer);
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
      this.drop(item.request.signal, item.items, 'stopping');
    }
    this.sender?.close();
    this.sender = undefined;
  }

  private leave({ size }: Item): void {
    this.used.bytes -= size;
    this.used.requests--;
  }

  private drop(signal: Signal, items: number, reason: DropReason, detail = ''): void {
    this.parts.events.forwardDropped({ signal, items, reason, detail });
  }
}

/** A small part of a large piece of memory would hold all of it while it waits; the limits count only the part. */
function compact(bytes: Uint8Array): Uint8Array {
  if (bytes.buffer.byteLength <= 2 * bytes.length) return bytes;
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  copy.set(bytes);
  return copy;
}

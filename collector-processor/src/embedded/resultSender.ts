import { createGzip } from 'node:zlib';
import type { Writable } from 'node:stream';
import type { ChdbResult } from 'chdb';
import { ClickHouseError } from './clickHouseError';
import { summaryOf } from './reply';
import type { Reply } from './reply';

export interface SenderSettings {
  readonly format: string;
  readonly gzip: boolean;
  /** Bytes held back, so that an error can still have its own status and the head a summary. */
  readonly holdBytes: number;
  /** The client wants all or nothing: a result longer than `holdBytes` is an error. */
  readonly allOrNothing: boolean;
}

/** Sends one result in the order in which the engine makes it. */
export interface ResultSender {
  /** More than may be held back was written; nothing more is taken. */
  readonly tooLong: boolean;
  /** False: wait for `onDrain` before writing more. */
  write(chunk: Buffer): boolean;
  onDrain(listener: () => void): void;
  finish(outcome: ChdbResult | ClickHouseError): void;
}

const SLOW_READER_MS = 60_000;

export function createResultSender(reply: Reply, settings: SenderSettings): ResultSender {
  let held: Buffer[] | undefined = [];
  let heldBytes = 0;
  let tooLong = false;
  let out: Writable = reply.response;

  const begin = (chunks: readonly Buffer[], summary?: string): void => {
    held = undefined;
    reply.begin(settings.format, settings.gzip ? { 'Content-Encoding': 'gzip' } : {}, summary);
    if (settings.gzip) {
      const gzip = createGzip({ level: 1 });
      gzip.pipe(reply.response);
      out = gzip;
    }
    for (const chunk of chunks) out.write(chunk);
  };

  return {
    get tooLong() {
      return tooLong;
    },
    write(chunk) {
      if (tooLong) return true;
      if (held === undefined) return out.write(chunk);
      held.push(chunk);
      heldBytes += chunk.length;
      if (heldBytes > settings.holdBytes) {
        if (settings.allOrNothing) {
          tooLong = true;
          held = [];
        } else begin(held);
      }
      return true;
    },
    onDrain(listener) {
      out.once('drain', listener);
    },
    finish(outcome) {
      if (reply.response.destroyed) return;
      // Nothing is left to compute; who does not take the rest in this time will not come for it.
      reply.response.setTimeout(SLOW_READER_MS, () => reply.response.destroy());
      if (outcome instanceof ClickHouseError) {
        if (held === undefined) out.end(reply.trailer(outcome));
        else reply.fail(outcome);
        return;
      }
      const summary = summaryOf(outcome, false);
      if (held === undefined) out.end();
      else if (settings.gzip) {
        begin(held, summary);
        out.end();
      } else reply.send(settings.format, Buffer.concat(held), summary);
    },
  };
}

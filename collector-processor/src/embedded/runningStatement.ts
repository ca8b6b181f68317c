import type { ChdbResult } from 'chdb';
import { ClickHouseError } from './clickHouseError';
import type { Lease } from './lease';
import type { Chdb } from './openChdb';

/** A statement that the engine works on. */
export interface RunningStatement {
  /** Never rejects. */
  readonly done: Promise<ChdbResult | ClickHouseError>;
  /** Asks the engine, again and again, to end it: nobody waits for its result, or its time is over. */
  readonly cancel: () => void;
  /** Aborts when that begins. */
  readonly cancelled: AbortSignal;
}

/** What is given to the engine to notice by itself that the time is over. */
const GRACE_MS = 2_000;
const CANCEL_AGAIN_MS = 500;

/** Starts a statement, and ends it when it runs `seconds` long although the engine was told the same limit. */
export function startStatement(
  chdb: Chdb,
  lease: Lease,
  sql: string,
  settings: { readonly format: string; readonly seconds: number },
): RunningStatement {
  const cancelled = new AbortController();
  const asked = new Set<Promise<void>>();
  let again: NodeJS.Timeout | undefined;
  let late = false;
  let ended = false;

  const ask = (): void => {
    // A failure is no matter: it may not have been registered yet, or there is no memory for the KILL at this moment.
    const asking = chdb.cancel(lease.connection).catch(() => undefined);
    asked.add(asking);
    void asking.then(() => asked.delete(asking));
  };
  const cancel = (): void => {
    if (ended || cancelled.signal.aborted) return;
    cancelled.abort();
    ask();
    again = setInterval(ask, CANCEL_AGAIN_MS);
  };
  // The engine does not look at the clock while it waits for a slow reader of its result.
  const deadline = setTimeout(
    () => {
      late = true;
      cancel();
    },
    settings.seconds * 1000 + GRACE_MS,
  );

  const run = async (): Promise<ChdbResult | ClickHouseError> => {
    try {
      return await lease.run(sql, settings.format);
    } catch (error) {
      return late
        ? ClickHouseError.of('TIMEOUT_EXCEEDED', `Timeout exceeded: maximum: ${settings.seconds} s`)
        : ClickHouseError.from(error);
    } finally {
      ended = true;
      clearTimeout(deadline);
      clearInterval(again);
      // A KILL that comes late would end the next statement on this connection.
      await Promise.all(asked);
    }
  };
  return { done: run(), cancel, cancelled: cancelled.signal };
}

/** Cancels it when its client goes away; returns the function that ends the watch. */
export function cancelWhenGone(running: RunningStatement, gone: AbortSignal): () => void {
  if (gone.aborted) running.cancel();
  gone.addEventListener('abort', running.cancel);
  return () => {
    gone.removeEventListener('abort', running.cancel);
  };
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Component } from './core/component';
import type { Consumer } from './core/consumer';
import { messageOf } from './core/errors';

export interface StoreGateParts {
  /** Makes the store ready. Rejects when the store cannot be used; may be called again then. */
  readonly open: () => Promise<void>;
  /** True for an error that waiting does not mend, told at the first attempt: the start fails with it. */
  readonly isFinal: (error: unknown) => boolean;
  /** Started once the store is ready. */
  readonly needsStore: Component;
  readonly events: {
    /** The store cannot be used yet; tried again after `inMs`. */
    storeNotOpened(failure: { reason: string; inMs: number }): void;
  };
}

export interface StoreGateSettings {
  /** How long the start waits for the first attempt before it goes on beside it, milliseconds. */
  readonly patienceMs: number;
  /** The wait before the second attempt, milliseconds; doubled for each further one. */
  readonly firstBackOffMs: number;
  readonly longestBackOffMs: number;
  /** What senders are told to wait meanwhile, milliseconds. */
  readonly retryAfterMs: number;
}

export const STORE_GATE_DEFAULTS: StoreGateSettings = {
  patienceMs: 5_000,
  firstBackOffMs: 500,
  longestBackOffMs: 15_000,
  retryAfterMs: 5_000,
};

const NOT_OPEN = 'the store is not open yet';

/** Stands between the receivers and the store until the store is ready. */
export interface StoreGate extends Component {
  /** Why the store is not ready yet; undefined once it is. */
  readonly problem: string | undefined;
  /** Passes requests on once the store is ready, and tells senders to try again before. */
  guard(next: Consumer): Consumer;
}

/**
 * A store that is down when the processor starts is no reason not to start: senders are told to keep their data, which
 * a refused connection does not do for all of them, and all is well by itself once the store is there.
 */
export function createStoreGate(parts: StoreGateParts, settings: StoreGateSettings): StoreGate {
  const { open, isFinal, needsStore, events } = parts;
  const stopping = new AbortController();
  const stopped = new Promise<undefined>((resolve) => {
    stopping.signal.addEventListener('abort', () => {
      resolve(undefined);
    });
  });
  const isStopping = (): boolean => stopping.signal.aborted;
  let problem: string | undefined = NOT_OPEN;
  let opening: Promise<void> = Promise.resolve();

  /** Resolves to the error, or undefined when the store is ready. */
  const attempt = async (): Promise<Error | undefined> => {
    try {
      await open();
      if (stopping.signal.aborted) return undefined;
      await needsStore.start();
      problem = undefined;
      return undefined;
    } catch (error) {
      problem = `${NOT_OPEN}: ${messageOf(error)}`;
      return error instanceof Error ? error : new Error(messageOf(error));
    }
  };
  /** Until the store is ready or nobody needs it any more; what is under way then is left to fail. */
  const keepTrying = async (first: Promise<Error | undefined>): Promise<void> => {
    let error = await Promise.race([first, stopped]);
    let inMs = settings.firstBackOffMs;
    while (error !== undefined && !isStopping()) {
      events.storeNotOpened({ reason: messageOf(error), inMs });
      await sleep(inMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (isStopping()) return;
      inMs = Math.min(2 * inMs, settings.longestBackOffMs);
      error = await Promise.race([attempt(), stopped]);
    }
  };

  return {
    get problem() {
      return problem;
    },
    async start() {
      const first = attempt();
      const patience = new AbortController();
      const late = sleep(settings.patienceMs, undefined, { signal: patience.signal });
      const error = await Promise.race([first, late.catch(() => undefined)]);
      patience.abort();
      if (error !== undefined && isFinal(error)) throw error;
      opening = keepTrying(first);
    },
    async stop(deadline) {
      stopping.abort();
      await opening;
      await needsStore.stop(deadline);
    },
    guard: (next) => ({
      consume: (request, deadline) =>
        problem === undefined
          ? next.consume(request, deadline)
          : Promise.resolve({
              status: 'retry',
              retryAfterMs: settings.retryAfterMs,
              reason: problem,
            }),
    }),
  };
}

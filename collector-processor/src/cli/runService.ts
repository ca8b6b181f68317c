import type { Logger } from 'pino';
import type { Clock } from '../core/clock';
import { FAILED, type Lifetime } from './command';
import type { Service } from './service';

export interface RunParts {
  readonly lifetime: Lifetime;
  readonly logger: Logger;
  readonly clock: Clock;
}

export interface RunSettings {
  /** How long stopping may take before what is left is given up. */
  readonly deadlineMs: number;
}

type Signal = 'SIGINT' | 'SIGTERM';
const SIGNAL_NUMBERS = { SIGINT: 2, SIGTERM: 15 } as const;

/**
 * One Ctrl-C reaches us up to three times: from the terminal, which tells the whole process group, and from each `npm`
 * and launcher above us that passes on what it got. Only a later signal is a second one.
 */
const ECHO_MS = 500;

/** After the deadline a component may still need a moment to let go. */
const GRACE_MS = 2000;

interface End {
  readonly by: Signal | 'uncaughtException';
}

interface EndWatch {
  /** Resolves at the first reason to end. */
  readonly ended: Promise<End>;
  /** Whether an exception came, first or later. */
  readonly crashed: () => boolean;
  readonly close: () => void;
}

const watchForEnd = ({ lifetime, logger, clock }: RunParts): EndWatch => {
  let endedAtMs: number | undefined;
  let crashed = false;
  let resolveEnd: (end: End) => void;
  const ended = new Promise<End>((resolve) => {
    resolveEnd = resolve;
  });
  const end = (cause: End): void => {
    endedAtMs ??= clock();
    resolveEnd(cause);
  };
  const onSignal = (signal: Signal) => (): void => {
    if (endedAtMs !== undefined && clock() - endedAtMs >= ECHO_MS) {
      logger.warn({ event: 'stopAbandoned', signal }, 'second signal: ending at once');
      lifetime.exit(128 + SIGNAL_NUMBERS[signal]);
    }
    end({ by: signal });
  };
  const onException = (error: unknown): void => {
    crashed = true;
    logger.fatal({ event: 'uncaughtException', err: error }, 'an exception that nobody caught');
    end({ by: 'uncaughtException' });
  };
  const listeners = [
    ['SIGINT', onSignal('SIGINT')],
    ['SIGTERM', onSignal('SIGTERM')],
    ['uncaughtException', onException],
  ] as const;
  for (const [event, listener] of listeners) lifetime.on(event, listener);
  return {
    ended,
    crashed: () => crashed,
    close: () => {
      for (const [event, listener] of listeners) lifetime.off(event, listener);
    },
  };
};

/** Rejects when `work` has not settled after `ms`. */
const within = async <T>(work: Promise<T>, ms: number): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`not finished after ${ms} ms`));
    }, ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};

/** Resolves to whether everything stopped, and in time. `starting` may still be under way: it cannot be interrupted. */
const stopService = async (
  service: Service,
  starting: Promise<boolean>,
  logger: Logger,
  deadlineMs: number,
): Promise<boolean> => {
  const deadline = new AbortController();
  const timer = setTimeout(() => {
    deadline.abort();
  }, deadlineMs);
  const stop = async (): Promise<void> => {
    if (await starting) await service.stop(deadline.signal);
  };
  try {
    await within(stop(), deadlineMs + GRACE_MS);
    const late = deadline.signal.aborted;
    logger.info(
      { event: 'stopped', late },
      late ? 'stopped, not everything was drained' : 'stopped',
    );
    return !late;
  } catch (error) {
    logger.error({ event: 'stopFailed', err: error }, 'did not stop cleanly');
    return false;
  } finally {
    clearTimeout(timer);
  }
};

/**
 * Starts the service, waits for a signal or an exception that nobody caught, and stops it in order. A second signal ends
 * the process at once. Resolves to the exit code: 0 only when a signal ended it and everything stopped in time.
 */
export const runService = async (
  service: Service,
  parts: RunParts,
  { deadlineMs }: RunSettings,
): Promise<number> => {
  const { logger } = parts;
  const watch = watchForEnd(parts);
  const starting = service.start().then(
    () => true,
    (error: unknown) => {
      logger.fatal({ event: 'startFailed', err: error }, 'could not start');
      return false;
    },
  );
  try {
    const first = await Promise.race([starting, watch.ended]);
    if (first === false) return FAILED;
    if (first === true) logger.info({ event: 'started', ...service.addresses }, 'ready');
    const { by } = await watch.ended;
    logger.info({ event: 'stopping', by, deadlineMs }, 'stopping');
    const clean = await stopService(service, starting, logger, deadlineMs);
    return clean && (await starting) && !watch.crashed() ? 0 : FAILED;
  } finally {
    watch.close();
  }
};

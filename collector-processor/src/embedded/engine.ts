import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Component } from '../core/component';
import { messageOf } from '../core/errors';
import type { EngineEvent } from './engineEvent';
import type { EmbeddedSettings } from './settings';
import { ChildStartError, spawnChild } from './spawnChild';
import type { ServingChild } from './spawnChild';
import type { EngineUsage } from './usage';

/** The embedded ClickHouse engine: a child process that serves the ClickHouse HTTP interface on one URL. */
export interface EmbeddedEngine extends Component {
  /** Fixed once `start()` has resolved, whatever happens to the child. */
  readonly url: string;
  /** Of the child that serves now; undefined while there is none. */
  readonly pid: number | undefined;
  readonly usage: EngineUsage | undefined;
  ready(): boolean;
}

export interface EngineParts {
  readonly log: (event: EngineEvent) => void;
}

const FIRST_BACK_OFF_MS = 250;
const LONGEST_BACK_OFF_MS = 10_000;
/** A child that has lived this long counts as healthy, and the next back-off begins small again. */
const STABLE_MS = 30_000;

/** Waits before the attempts to start a child that died, milliseconds: doubled each time, up to ten seconds. */
export const backOffMs = (attempt: number): number =>
  Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** (attempt - 1));

/**
 * Starts the child, starts it again on the same port when it dies, and ends it in order. `start()` rejects when the
 * directory cannot be opened, in particular when another process has it open; afterwards failures are retried.
 */
export function createEmbeddedEngine({ log }: EngineParts, settings: EmbeddedSettings): EmbeddedEngine {
  const stopping = new AbortController();
  let child: ServingChild | undefined;
  let port = settings.port;
  let watching: Promise<void> = Promise.resolve();
  let attempt = 0;

  const url = (): string => `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}`;

  const launch = async (): Promise<ServingChild> => {
    const startedAt = performance.now();
    const served = await spawnChild({ ...settings, port });
    port = served.port;
    child = served;
    if (stopping.signal.aborted) served.stop();
    const tookMs = Math.round(performance.now() - startedAt);
    log({ name: 'started', pid: served.pid, url: url(), version: served.version, tookMs });
    return served;
  };

  /** Runs until the engine is stopped; never rejects. */
  const watch = async (first: ServingChild): Promise<void> => {
    let served: ServingChild | undefined = first;
    while (served !== undefined) {
      const since = performance.now();
      const exit = await served.exited;
      child = undefined;
      log({ name: 'exited', pid: served.pid, ...exit });
      if (performance.now() - since > STABLE_MS) attempt = 0;
      served = await relaunch('the engine process ended');
    }
  };

  const relaunch = async (firstReason: string): Promise<ServingChild | undefined> => {
    for (let reason = firstReason; !stopping.signal.aborted; ) {
      attempt += 1;
      const inMs = backOffMs(attempt);
      log({ name: 'restarting', inMs, attempt, reason });
      await sleep(inMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) break;
      try {
        return await launch();
      } catch (error) {
        reason = messageOf(error);
      }
    }
    return undefined;
  };

  return {
    get url() {
      return url();
    },
    get pid() {
      return child?.pid;
    },
    get usage() {
      return child?.usage;
    },
    ready: () => child !== undefined,
    async start() {
      try {
        watching = watch(await launch());
      } catch (error) {
        throw new Error(explain(settings.path, error), { cause: error });
      }
    },
    async stop(deadline) {
      stopping.abort();
      let killed = false;
      const end = (): void => {
        killed = child !== undefined;
        child?.kill();
      };
      child?.stop();
      if (deadline.aborted) end();
      deadline.addEventListener('abort', end, { once: true });
      await watching;
      deadline.removeEventListener('abort', end);
      log({ name: 'stopped', killed });
    },
  };
}

function explain(path: string, error: unknown): string {
  if (error instanceof ChildStartError && error.locked)
    return (
      `the data directory ${path} is in use by another process${holder(path)}: stop that one, ` +
      'or give this one a directory of its own (storage.path)'
    );
  return `the embedded ClickHouse engine cannot open ${path}: ${messageOf(error)}`;
}

/** The engine that has a directory open says so in its `status` file. */
function holder(path: string): string {
  try {
    const pid = /^PID: (\d+)$/m.exec(readFileSync(join(path, 'status'), 'utf8'))?.[1];
    return pid === undefined ? '' : ` (PID ${pid})`;
  } catch {
    return '';
  }
}

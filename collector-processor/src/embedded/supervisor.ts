import { setTimeout as sleep } from 'node:timers/promises';
import type { Component } from '../core/component';
import { messageOf } from '../core/errors';
import type { EngineEvent } from './engineEvent';
import type { ServingChild } from './spawnChild';

export interface SupervisorParts {
  /** Starts a child; when `kill` aborts it is ended at once, in whatever state it is. */
  readonly spawn: (kill: AbortSignal) => Promise<ServingChild>;
  readonly log: (event: EngineEvent) => void;
}

export interface SupervisorSettings {
  /** The wait before the first attempt to start a child again, milliseconds; doubled for each further one. */
  readonly firstBackOffMs: number;
  readonly longestBackOffMs: number;
  /** A child that has lived this long counts as healthy, and the next back-off begins small again. */
  readonly stableMs: number;
}

export const SUPERVISOR_DEFAULTS: SupervisorSettings = {
  firstBackOffMs: 250,
  longestBackOffMs: 10_000,
  stableMs: 30_000,
};

/** Keeps one child alive. `start()` rejects when the first one does not come to serve. */
export interface Supervisor extends Component {
  /** The one that serves now. */
  readonly child: ServingChild | undefined;
}

export function createSupervisor(
  { spawn, log }: SupervisorParts,
  settings: SupervisorSettings,
): Supervisor {
  const stopping = new AbortController();
  const kill = new AbortController();
  let child: ServingChild | undefined;
  let watching: Promise<void> | undefined;
  let stopped: Promise<void> | undefined;

  const launch = async (): Promise<ServingChild> => {
    const startedAt = performance.now();
    const served = await spawn(kill.signal);
    child = served;
    const { pid, url, version } = served;
    log({ name: 'started', pid, url, version, tookMs: Math.round(performance.now() - startedAt) });
    if (stopping.signal.aborted) served.stop();
    return served;
  };

  /** Runs until the supervisor is stopped; never rejects. */
  const watch = async (first: ServingChild): Promise<void> => {
    let failures = 0;
    for (let served: ServingChild | undefined = first; served !== undefined;) {
      const since = performance.now();
      const exit = await served.exited;
      child = undefined;
      log({ name: 'exited', pid: served.pid, ...exit });
      failures = performance.now() - since > settings.stableMs ? 1 : failures + 1;
      served = await startAgain({ launch, log }, settings, { failures, stopping: stopping.signal });
    }
  };

  const end = async (): Promise<void> => {
    if (watching === undefined) return;
    child?.stop();
    await watching;
    log({ name: 'stopped', killed: kill.signal.aborted });
  };

  return {
    get child() {
      return child;
    },
    async start() {
      watching = watch(await launch());
    },
    async stop(deadline) {
      stopping.abort();
      stopped ??= end();
      const endNow = (): void => {
        kill.abort();
      };
      if (deadline.aborted) endNow();
      deadline.addEventListener('abort', endNow, { once: true });
      await stopped;
      deadline.removeEventListener('abort', endNow);
    },
  };
}

/** Tries until a child serves; undefined when the supervisor is stopped before. */
async function startAgain(
  parts: { readonly launch: () => Promise<ServingChild>; readonly log: SupervisorParts['log'] },
  settings: SupervisorSettings,
  { failures, stopping }: { readonly failures: number; readonly stopping: AbortSignal },
): Promise<ServingChild | undefined> {
  let reason = 'the engine process ended';
  for (let attempt = failures; ; attempt += 1) {
    if (stopping.aborted) return undefined;
    const inMs = Math.min(settings.longestBackOffMs, settings.firstBackOffMs * 2 ** (attempt - 1));
    parts.log({ name: 'restarting', inMs, attempt, reason });
    const waited = await sleep(inMs, true, { signal: stopping }).catch(() => false);
    if (!waited) return undefined;
    try {
      return await parts.launch();
    } catch (error) {
      reason = messageOf(error);
    }
  }
}

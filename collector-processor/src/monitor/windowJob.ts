import type { Component } from '../core/component';
import type { WindowJobSettings } from './windowJobSettings';
import { createWindowRun, type WindowJobParts } from './windowRun';

export interface WindowJob extends Component {
  /** One run, beside the schedule; waits for a run under way. True: nothing is left to do. */
  runNow(): Promise<boolean>;
}

/**
 * The job beside the hot path, again and again. All state that matters is in ClickHouse; replicas that do the same at the
 * same time do no harm. Runs never overlap.
 */
export function createWindowJob(parts: WindowJobParts, settings: WindowJobSettings): WindowJob {
  const stopping = new AbortController();
  const abandoning = new AbortController();
  const run = createWindowRun(parts, settings, {
    stopping: stopping.signal,
    abandoning: abandoning.signal,
  });
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<boolean> = Promise.resolve(true);

  const runNow = (): Promise<boolean> => {
    running = running.then(() => (stopping.signal.aborted ? false : run()));
    return running;
  };
  const schedule = (delayMs: number): void => {
    timer = setTimeout(() => {
      const startedAt = performance.now();
      void runNow().then(() => {
        const pauseMs = (performance.now() - startedAt) * (1 / settings.maxShare - 1);
        if (!stopping.signal.aborted) schedule(Math.max(settings.everyMs, pauseMs));
      });
    }, delayMs);
  };

  return {
    start() {
      schedule(0);
      return Promise.resolve();
    },
    async stop(deadline) {
      clearTimeout(timer);
      // Nothing is lost with a run that is cut short: the next one, here or elsewhere, finds the same work.
      stopping.abort();
      const abandon = (): void => {
        abandoning.abort();
      };
      if (deadline.aborted) abandon();
      deadline.addEventListener('abort', abandon, { once: true });
      await running;
      deadline.removeEventListener('abort', abandon);
    },
    runNow,
  };
}

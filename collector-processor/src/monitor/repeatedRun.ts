import type { ClickHouseClient } from '@clickhouse/client';
import type { Component } from '../core/component';
import { createStatements, type Statements, type StatementSettings } from './statements';

export interface RepeatedRun extends Component {
  /** One run, beside the schedule; waits for a run under way. */
  runNow(): Promise<void>;
}

export interface RepeatedRunSettings extends StatementSettings {
  /** Pause between two runs, milliseconds. */
  readonly everyMs: number;
}

/**
 * Does something with the store again and again. Runs never overlap. `create` gets the statements of all runs and gives one
 * run, which must not reject once `isStopping()`.
 */
export function createRepeatedRun(
  client: ClickHouseClient,
  settings: RepeatedRunSettings,
  create: (statements: Statements, isStopping: () => boolean) => () => Promise<void>,
): RepeatedRun {
  const stopping = new AbortController();
  const abandoning = new AbortController();
  const signals = { stopping: stopping.signal, abandoning: abandoning.signal };
  const run = create(createStatements(client, settings, signals), () => stopping.signal.aborted);
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const runNow = (): Promise<void> => {
    running = running.then(() => (stopping.signal.aborted ? undefined : run()));
    return running;
  };
  const schedule = (delayMs: number): void => {
    timer = setTimeout(() => {
      void runNow().then(() => {
        if (!stopping.signal.aborted) schedule(settings.everyMs);
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
      // Nothing is lost with a run that is cut short: the next one finds the same work.
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

import type { ClickHouseClient } from '@clickhouse/client';
import type { Component } from '../core/component';
import { messageOf } from '../core/errors';
import { type Pace, type PastRun, pauseAfter } from './pauseAfter';
import { createStatements, engineNow, type Statements, type StatementSettings } from './statements';

export interface RepeatedRun extends Component {
  /** One run, beside the schedule; waits for a run under way. True: nothing is left to do. */
  runNow(): Promise<boolean>;
  /** Has the next run begin at once, or when the one under way is over: there is something to do. */
  wake(): void;
}

export interface RepeatedRunSettings extends StatementSettings, Pace {}

/** What a run is told. */
export interface RunTurn {
  /** The engine's clock when it began, Unix milliseconds: it is the one that sets `written_at`. */
  readonly nowMs: number;
  /** Nobody asked for it: it came because time had passed. */
  readonly isRoutine: boolean;
}

export interface RepeatedRunParts {
  readonly client: ClickHouseClient;
  /** The clock of the runs, Unix milliseconds; the engine's unless told otherwise. */
  readonly now?: ((statements: Statements) => Promise<number>) | undefined;
  /** A run ended with an error, or could not begin. */
  readonly failed: (reason: string) => void;
  /** Gets the statements of all runs and gives one run. True: nothing is left to do. */
  readonly create: (
    statements: Statements,
    isStopping: () => boolean,
  ) => (turn: RunTurn) => Promise<boolean>;
}

/** Does something with the store again and again. Runs never overlap. */
export function createRepeatedRun(
  { client, now = engineNow, failed, create }: RepeatedRunParts,
  settings: RepeatedRunSettings,
): RepeatedRun {
  const stopping = new AbortController();
  const abandoning = new AbortController();
  const signals = { stopping: stopping.signal, abandoning: abandoning.signal };
  const statements = createStatements(client, settings, signals);
  const isStopping = (): boolean => stopping.signal.aborted;
  const work = create(statements, isStopping);
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<boolean> = Promise.resolve(true);
  let last: PastRun | undefined;
  let [isStarted, isInTurn, isWanted] = [false, false, false];

  const attempt = async (isRoutine: boolean): Promise<boolean> => {
    if (isStopping()) return false;
    const startedAt = performance.now();
    try {
      const nowMs = await now(statements);
      last = { nowMs, tookMs: 0 };
      const isDone = await work({ nowMs, isRoutine });
      last = { nowMs, tookMs: performance.now() - startedAt };
      return isDone;
    } catch (error) {
      if (!isStopping()) failed(messageOf(error));
      return false;
    }
  };
  const run = (isRoutine: boolean): Promise<boolean> => {
    running = running.then(() => attempt(isRoutine));
    return running;
  };
  const schedule = (delayMs: number, isRoutine: boolean): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      isInTurn = true;
      void run(isRoutine).then(() => {
        isInTurn = false;
        const wasWanted = isWanted;
        isWanted = false;
        if (isStopping()) return;
        const pauseMs = last === undefined ? settings.everyMs : pauseAfter(last, settings);
        schedule(wasWanted ? 0 : pauseMs, !wasWanted);
      });
    }, delayMs);
  };
  return {
    start() {
      isStarted = true;
      schedule(0, true);
      return Promise.resolve();
    },
    async stop(deadline) {
      clearTimeout(timer);
      // Nothing is lost with a run that is cut short: the next one, here or elsewhere, finds the same work.
      stopping.abort();
      await endedOrAbandoned(running, abandoning, deadline);
    },
    runNow: () => run(false),
    wake() {
      if (isInTurn) isWanted = true;
      else if (isStarted && !isStopping()) schedule(0, false);
    },
  };
}

/** Waits for a run; from the deadline on the statement under way is not waited for any more. */
async function endedOrAbandoned(
  running: Promise<unknown>,
  abandoning: AbortController,
  deadline: AbortSignal,
): Promise<void> {
  const abandon = (): void => {
    abandoning.abort();
  };
  if (deadline.aborted) abandon();
  deadline.addEventListener('abort', abandon, { once: true });
  await running;
  deadline.removeEventListener('abort', abandon);
}

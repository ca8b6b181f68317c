import type { ClickHouseClient } from '@clickhouse/client';
import type { Component } from '../../core/component';
import { messageOf } from '../../core/errors';
import { createStatements, engineNow, type StatementSettings } from '../statements';
import { DriftPass, type DriftPassSettings } from './driftPass';
import { DRIFT_DEFAULTS } from './driftSettings';

export interface DriftJobSettings extends DriftPassSettings, StatementSettings {
  /** Pause between two runs, milliseconds. */
  readonly everyMs: number;
}

export const DRIFT_JOB_DEFAULTS: DriftJobSettings = {
  ...DRIFT_DEFAULTS,
  everyMs: 5_000,
  statementTimeoutMs: 60_000,
  watermarkMs: 30_000,
  latenessMs: 35 * 24 * 3_600_000,
  settleMs: 60_000,
  unitsPerStatement: 20,
};

export interface DriftJobEvents {
  windowsComputed(run: { kind: string; windows: number; rows: number; durationMs: number }): void;
  jobFailed(failure: { job: string; reason: string }): void;
}

export interface DriftJobParts {
  readonly client: ClickHouseClient;
  readonly events: DriftJobEvents;
}

export interface DriftJob extends Component {
  /** One run, beside the schedule; waits for a run under way. */
  runNow(): Promise<void>;
}

/** Decides about drift, again and again, beside the job that makes windows. Runs never overlap. */
export function createDriftJob(
  { client, events }: DriftJobParts,
  settings: DriftJobSettings,
): DriftJob {
  const stopping = new AbortController();
  const abandoning = new AbortController();
  const signals = { stopping: stopping.signal, abandoning: abandoning.signal };
  const statements = createStatements(client, settings, signals);
  const pass = new DriftPass(statements, settings);
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const run = async (): Promise<void> => {
    const startedAt = performance.now();
    try {
      const { hours, pages } = await pass.run(await engineNow(statements));
      const durationMs = performance.now() - startedAt;
      if (hours > 0) {
        events.windowsComputed({ kind: 'drift', windows: hours, rows: pages, durationMs });
      }
    } catch (error) {
      if (!stopping.signal.aborted) events.jobFailed({ job: 'drift', reason: messageOf(error) });
    }
  };
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

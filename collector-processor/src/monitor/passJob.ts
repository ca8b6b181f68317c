import type { ClickHouseClient } from '@clickhouse/client';
import { createRepeatedRun, type RepeatedRun, type RepeatedRunSettings } from './repeatedRun';
import type { Statements } from './statements';

/** Decides about hours. */
export interface HourPass {
  /** `nowMs` is the engine's clock. */
  run(nowMs: number): Promise<{ readonly hours: number; readonly pages: number }>;
}

export interface PassJobEvents {
  windowsComputed(run: { kind: string; windows: number; rows: number; durationMs: number }): void;
  jobFailed(failure: { job: string; reason: string }): void;
}

export interface PassJobParts {
  readonly client: ClickHouseClient;
  readonly events: PassJobEvents;
  /** See `RepeatedRunParts`. */
  readonly now?: (statements: Statements) => Promise<number>;
}

export interface PassJobSettings extends RepeatedRunSettings {
  /**
   * How much later an hour is looked at by a run that only came because time had passed, milliseconds: the job that makes
   * windows wakes this one, and an hour that is decided before its last windows are there is decided twice.
   */
  readonly behindMs: number;
}

/** A job that decides about hours, again and again, beside the one that makes windows. */
export const createPassJob = (
  name: string,
  { client, events, now }: PassJobParts,
  settings: PassJobSettings,
  create: (statements: Statements) => HourPass,
): RepeatedRun =>
  createRepeatedRun(
    {
      client,
      now,
      failed: (reason) => {
        events.jobFailed({ job: name, reason });
      },
      create: (statements) => {
        const pass = create(statements);
        return async ({ nowMs, isRoutine }) => {
          const startedAt = performance.now();
          const { hours, pages } = await pass.run(isRoutine ? nowMs - settings.behindMs : nowMs);
          const durationMs = performance.now() - startedAt;
          if (hours > 0) {
            events.windowsComputed({ kind: name, windows: hours, rows: pages, durationMs });
          }
          return true;
        };
      },
    },
    settings,
  );

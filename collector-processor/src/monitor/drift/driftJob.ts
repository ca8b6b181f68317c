import type { ClickHouseClient } from '@clickhouse/client';
import { messageOf } from '../../core/errors';
import { createRepeatedRun, type RepeatedRun, type RepeatedRunSettings } from '../repeatedRun';
import { engineNow } from '../statements';
import { DriftPass, type DriftPassSettings } from './driftPass';
import { DRIFT_DEFAULTS } from './driftSettings';

export interface DriftJobSettings extends DriftPassSettings, RepeatedRunSettings {}

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

/** Decides about drift, again and again, beside the job that makes windows. Runs never overlap. */
export const createDriftJob = (
  { client, events }: DriftJobParts,
  settings: DriftJobSettings,
): RepeatedRun =>
  createRepeatedRun(client, settings, (statements, isStopping) => {
    const pass = new DriftPass(statements, settings);
    return async () => {
      const startedAt = performance.now();
      try {
        const { hours, pages } = await pass.run(await engineNow(statements));
        const durationMs = performance.now() - startedAt;
        if (hours > 0) {
          events.windowsComputed({ kind: 'drift', windows: hours, rows: pages, durationMs });
        }
      } catch (error) {
        if (!isStopping()) events.jobFailed({ job: 'drift', reason: messageOf(error) });
      }
    };
  });

import { messageOf } from '../../core/errors';
import { DRIFT_JOB_DEFAULTS, type DriftJobParts } from '../drift/driftJob';
import { createRepeatedRun, type RepeatedRun, type RepeatedRunSettings } from '../repeatedRun';
import { engineNow } from '../statements';
import { QualityPass, type QualityPassSettings } from './qualityPass';
import { QUALITY_DEFAULTS } from './qualitySettings';

export interface QualityJobSettings extends QualityPassSettings, RepeatedRunSettings {}

const { everyMs, statementTimeoutMs, watermarkMs, latenessMs, settleMs } = DRIFT_JOB_DEFAULTS;

export const QUALITY_JOB_DEFAULTS: QualityJobSettings = {
  ...QUALITY_DEFAULTS,
  ...{ everyMs, statementTimeoutMs, watermarkMs, latenessMs, settleMs },
  unitsPerStatement: 10,
  hoursPerStatement: 6,
  contracts: [],
};

/** Decides about the quality of data, again and again, beside the job that makes windows. */
export const createQualityJob = (
  { client, events }: DriftJobParts,
  settings: QualityJobSettings,
): RepeatedRun =>
  createRepeatedRun(client, settings, (statements, isStopping) => {
    const pass = new QualityPass(statements, settings);
    return async () => {
      const startedAt = performance.now();
      try {
        const { hours, pages } = await pass.run(await engineNow(statements));
        const durationMs = performance.now() - startedAt;
        if (hours > 0) {
          events.windowsComputed({ kind: 'quality', windows: hours, rows: pages, durationMs });
        }
      } catch (error) {
        if (!isStopping()) events.jobFailed({ job: 'quality', reason: messageOf(error) });
      }
    };
  });

import { DRIFT_JOB_DEFAULTS } from '../drift/driftJob';
import { createPassJob, type PassJobParts, type PassJobSettings } from '../passJob';
import type { RepeatedRun } from '../repeatedRun';
import { QualityPass, type QualityPassSettings } from './qualityPass';
import { QUALITY_DEFAULTS } from './qualitySettings';

export interface QualityJobSettings extends QualityPassSettings, PassJobSettings {}

const { everyMs, maxShare, behindMs, statementTimeoutMs, watermarkMs, latenessMs, settleMs } =
  DRIFT_JOB_DEFAULTS;

export const QUALITY_JOB_DEFAULTS: QualityJobSettings = {
  ...QUALITY_DEFAULTS,
  ...{ everyMs, maxShare, behindMs, statementTimeoutMs, watermarkMs, latenessMs, settleMs },
  unitsPerStatement: 10,
  hoursPerStatement: 6,
  contracts: [],
};

/** Decides about the quality of data. */
export const createQualityJob = (parts: PassJobParts, settings: QualityJobSettings): RepeatedRun =>
  createPassJob('quality', parts, settings, (statements) => new QualityPass(statements, settings));

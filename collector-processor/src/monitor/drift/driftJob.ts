import { createPassJob, type PassJobParts, type PassJobSettings } from '../passJob';
import type { RepeatedRun } from '../repeatedRun';
import { DriftPass, type DriftPassSettings } from './driftPass';
import { DRIFT_DEFAULTS } from './driftSettings';

export interface DriftJobSettings extends DriftPassSettings, PassJobSettings {}

export const DRIFT_JOB_DEFAULTS: DriftJobSettings = {
  ...DRIFT_DEFAULTS,
  everyMs: 5_000,
  maxShare: 1,
  behindMs: 15_000,
  statementTimeoutMs: 60_000,
  watermarkMs: 35_000,
  latenessMs: 35 * 24 * 3_600_000,
  settleMs: 60_000,
  rowsPerStatement: 10_000,
};

/** Decides about drift. */
export const createDriftJob = (parts: PassJobParts, settings: DriftJobSettings): RepeatedRun =>
  createPassJob('drift', parts, settings, (statements) => new DriftPass(statements, settings));

import { DRIFT_DEFAULTS, type DriftSettings } from '../drift/driftSettings';

export interface QualitySettings extends DriftSettings {
  /** Robust standard deviations of its side beyond which a value is an outlier. */
  readonly outlierScale: number;
  /** A volume that changed by less than this share is no finding. */
  readonly volumeFloor: number;
  /** Length of the time before an hour that volumes, and checks without a baseline, are compared with, milliseconds. */
  readonly volumeMs: number;
  readonly trailingMs: number;
}

const DAY_MS = 86_400_000;

export const QUALITY_DEFAULTS: QualitySettings = {
  ...DRIFT_DEFAULTS,
  outlierScale: 5,
  volumeFloor: 0.5,
  volumeMs: 28 * DAY_MS,
  trailingMs: 7 * DAY_MS,
};

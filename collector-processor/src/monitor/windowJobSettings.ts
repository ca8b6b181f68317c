import { AUTO_BASELINE_DEFAULTS, type AutoBaselineSettings } from './baselines/autoBaselines';
import type { RollupPassSettings } from './rollup/rollupPass';
import { MATURITY_DEFAULTS, type MaturitySettings } from './performance/performanceRow';
import {
  SILENT_CHANGE_DEFAULTS,
  type SilentChangeSettings,
} from './silentChange/silentChangeSettings';
import type { StatementSettings } from './statements';
import type { WindowPassSettings } from './windowPass';

export interface WindowJobSettings
  extends WindowPassSettings, RollupPassSettings, StatementSettings, MaturitySettings {
  /** Shortest time from one look for new labels to the next, milliseconds: finding their predictions reads many ids. */
  readonly labelsEveryMs: number;
  /** As `rawRetentionDays`, of the points that metrics tell usage with; a day less than they are kept: they look back. */
  readonly usageRetentionDays: number | null;
  /** Width of a feature window, minutes; a divisor of 60. */
  readonly windowMinutes: number;
  readonly baseline: AutoBaselineSettings;
  readonly silentChange: SilentChangeSettings;
  /** Shortest time from one run to the next, milliseconds. */
  readonly everyMs: number;
  /** Share of the time that runs may take; after a long one the pause is longer. */
  readonly maxShare: number;
}

/** What the job does unless told otherwise; `settleMs` must not be less than the longest insert of any writer. */
export const WINDOW_JOB_DEFAULTS: WindowJobSettings = {
  windowMinutes: 5,
  baseline: AUTO_BASELINE_DEFAULTS,
  silentChange: SILENT_CHANGE_DEFAULTS,
  ...MATURITY_DEFAULTS,
  everyMs: 5_000,
  labelsEveryMs: 30_000,
  maxShare: 0.2,
  statementTimeoutMs: 60_000,
  latenessMs: 35 * 24 * 3_600_000,
  settleMs: 30_000,
  graceMs: 5_000,
  rawRetentionDays: null,
  usageRetentionDays: null,
  maxWindowsPerPass: 3_000,
  maxRowsPerStatement: 2_000_000,
  nearMs: 30_000,
  farMs: 600_000,
  farEveryMs: 60_000,
  tracesPerPage: 500,
  maxTracesPerPass: 10_000,
  maxRowsPerTrace: 5_000,
};

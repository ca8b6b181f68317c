/** What decides whether a window drifted, and whether somebody is woken for it. */
export interface DriftSettings {
  /** False discovery rate of `drift` over the features of a model's window. */
  readonly q: number;
  /** Level and power that the detectable effect is told for. */
  readonly alpha: number;
  readonly power: number;
  /** No effect below this pages, in reference standard deviations. */
  readonly effectFloor: number;
  /** An effect of the mean that pages by itself, reference standard deviations, and a Jensen-Shannon distance that does. */
  readonly grossEffect: number;
  readonly grossDistance: number;
  /** So many more rows of a window without a usable value are a broken feed. */
  readonly brokenShare: number;
  /** Fewer rows than this are never tested, and never gross. */
  readonly leastRows: number;
  /** Shortest reference of a test, and windows that it needs for each regressor. */
  readonly referenceMs: number;
  readonly windowsPerRegressor: number;
  /** From this autocorrelation between windows on, pages need a reference of this length. */
  readonly highAutocorrelation: number;
  readonly correlatedReferenceMs: number;
  /** Length of a tested window. */
  readonly windowMs: number;
  /** False pages that a model may have in a year. */
  readonly falseAlarmsPerModelPerYear: number;
  /** Sine and cosine pairs of the daily season. */
  readonly dailyHarmonics: number;
  readonly utcOffsetMs: number;
}

const DAY_MS = 86_400_000;

export const DRIFT_DEFAULTS: DriftSettings = {
  q: 0.05,
  alpha: 0.01,
  power: 0.9,
  effectFloor: 0.1,
  grossEffect: 1,
  grossDistance: 0.3,
  brokenShare: 0.2,
  leastRows: 100,
  referenceMs: 7 * DAY_MS,
  windowsPerRegressor: 5,
  highAutocorrelation: 0.3,
  correlatedReferenceMs: 14 * DAY_MS,
  windowMs: 3_600_000,
  falseAlarmsPerModelPerYear: 1,
  dailyHarmonics: 4,
  utcOffsetMs: 0,
};

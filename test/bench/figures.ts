/** What a figure is called, its unit and what it must reach; issues 4 and 5 state the goals. */
export interface FigureGoal {
  readonly name: string;
  readonly unit: string;
  /** Null: reported only. */
  readonly goal: number | null;
  readonly better: 'lower' | 'higher';
  readonly digits: number;
  /** It takes so long that it is measured with `--long`, or when it is named, only. */
  readonly isLong?: true;
}

export const FIGURES = [
  { name: 'spans_own_cpu_s_per_m', unit: 's', goal: 5.5, better: 'lower', digits: 2 },
  { name: 'ml_spans_own_cpu_s_per_m', unit: 's', goal: 8, better: 'lower', digits: 2 },
  { name: 'spans_per_s_committed', unit: '1/s', goal: 55_000, better: 'higher', digits: 0 },
  { name: 'spans_total_cpu_s_per_m', unit: 's', goal: null, better: 'lower', digits: 2 },
  { name: 'rss_peak_mb', unit: 'MB', goal: 700, better: 'lower', digits: 0 },
  { name: 'engine_rss_peak_mb', unit: 'MB', goal: 1500, better: 'lower', digits: 0 },
  { name: 'spans_ratio_to_naive', unit: 'x', goal: 2.5, better: 'higher', digits: 2 },
  { name: 'visible_p50_ms', unit: 'ms', goal: 250, better: 'lower', digits: 0 },
  { name: 'visible_p99_ms', unit: 'ms', goal: 700, better: 'lower', digits: 0 },
  { name: 'metrics_own_cpu_s_per_m', unit: 's', goal: 2.9, better: 'lower', digits: 2 },
  { name: 'logs_own_cpu_s_per_m', unit: 's', goal: 2.7, better: 'lower', digits: 2 },
  { name: 'forward_extra_cpu_s_per_m', unit: 's', goal: 0.9, better: 'lower', digits: 2 },
  { name: 'redact_extra_cpu_s_per_m', unit: 's', goal: 1.5, better: 'lower', digits: 2 },
  { name: 'backfill_spans_per_s', unit: '1/s', goal: 40_000, better: 'higher', digits: 0 },
  { name: 'sdk_lost_spans', unit: 'spans', goal: 0, better: 'lower', digits: 0 },
  { name: 'rss_growth_mb_10min', unit: 'MB', goal: 50, better: 'lower', digits: 0, isLong: true },
] as const satisfies readonly FigureGoal[];

export type FigureName = (typeof FIGURES)[number]['name'];

/** One value per run of each figure that a scenario measures. */
export type Samples = Partial<Record<FigureName, readonly number[]>>;

export const isFigureName = (name: string): name is FigureName =>
  FIGURES.some((figure) => figure.name === name);

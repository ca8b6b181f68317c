import type { BrowserTest } from './startBrowserTest';

const HOUR = 3_600_000;
const HOURS = 24;
/** The last hours, in which the amounts are higher. */
const SHIFTED = 6;
const WEEK = 7 * 24;
/** Above every version that the monitor counts: it evaluates the same windows, and what is planted has to stay. */
export const FINAL_WORD = String(2n ** 127n);
export const CREDIT = {
  tenant: 'default',
  environment: 'production',
  model: 'credit/scores',
  version: '7',
};

const at = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').replace('Z', '');

const FEATURES = ['amount', 'age_days'] as const;
const BINS = { edges: [25, 50, 75, 100], atoms: [], categories: [], rare: [], kind: 'number' };
/** Five ranges, then missing and new. */
const USUAL = [20, 40, 40, 20, 0, 2, 0];
const HIGH = [2, 8, 20, 50, 40, 2, 0];
const total = (counts: readonly number[]): number => counts.reduce((sum, one) => sum + one, 0);

const isShifted = (feature: string, hoursAgo: number): boolean =>
  feature === 'amount' && hoursAgo <= SHIFTED;

const moments = (counts: readonly number[]) => ({
  n: total(counts),
  counts,
  sums: counts.map((count, bin) => (bin < 5 ? count * (bin * 25 + 12.5) : 0)),
  sum: counts.reduce((sum, count, bin) => sum + (bin < 5 ? count * (bin * 25 + 12.5) : 0), 0),
  sum_squares: counts.reduce(
    (sum, count, bin) => sum + (bin < 5 ? count * (bin * 25 + 12.5) ** 2 : 0),
    0,
  ),
  minimum: 0,
  maximum: 124,
});

const driftOf = (feature: string, hoursAgo: number) =>
  isShifted(feature, hoursAgo)
    ? {
        ...{ status: 'drift', score: 1.31, p_value: 1e-9, q_value: 2e-9, psi: 0.87, js: 0.21 },
        ...{ ks: 0.46, wasserstein: 1.27, direction: 'mean up 1.31 sd' },
        page: hoursAgo <= SHIFTED - 2 ? 1 : 0,
      }
    : {
        ...{ status: 'ok', score: 0.04, p_value: 0.62, q_value: 0.7, psi: 0.01, js: 0.002 },
        ...{ ks: 0.03, wasserstein: 0.05, direction: 'mean up 0.04 sd', page: 0 },
      };

const METRICS = [
  { metric: 'roc_auc', segment: '', value: 0.912, low: 0.881, high: 0.94 },
  { metric: 'accuracy', segment: '', value: 0.843, low: 0.8, high: 0.879 },
  { metric: 'accuracy', segment: 'country=de', value: 0.871, low: 0.81, high: 0.92 },
  { metric: 'accuracy', segment: 'country=fr', value: 0.79, low: 0.72, high: 0.85 },
  {
    ...{ metric: 'disparate_impact_ratio', segment: 'country=fr', reference_segment: 'country=de' },
    ...{ value: 0.74, low: 0.61, high: 0.88 },
  },
];

/** A model with a baseline, a day of windows, findings and metrics as the monitor would have written them: the same each time. */
export async function addCredit({ client }: BrowserTest): Promise<void> {
  const end = Math.floor(Date.now() / HOUR) * HOUR;
  const insert = (table: string, values: readonly object[]) =>
    client.insert({ table, format: 'JSONEachRow', values });
  const hours = Array.from({ length: HOURS }, (_, index) => HOURS - index);
  const each = FEATURES.flatMap((feature) => hours.map((hoursAgo) => ({ feature, hoursAgo })));
  const time = (hoursAgo: number) => at(end - hoursAgo * HOUR);
  const { version: _, ...model } = CREDIT;
  await insert(
    'ml_bins',
    FEATURES.map((feature) => ({ ...model, ...BINS, feature, bins_version: 1 })),
  );
  await insert(
    'ml_baselines',
    FEATURES.map((feature) => ({
      ...{ ...CREDIT, feature, segment: '', baseline: 'golden', bins_version: 1 },
      ...moments(USUAL.map((count) => count * WEEK)),
      ...{ from_time: time(HOURS + WEEK), to_time: time(HOURS), created_at: time(HOURS) },
    })),
  );
  await insert(
    'ml_feature_windows',
    each.map(({ feature, hoursAgo }) => ({
      ...{ ...CREDIT, feature, segment: '', bins_version: 1, window_minutes: 60 },
      ...moments(isShifted(feature, hoursAgo) ? HIGH : USUAL),
      ...{ window_version: '1', time: time(hoursAgo) },
    })),
  );
  await insert(
    'ml_drift',
    each.map(({ feature, hoursAgo }) => ({
      ...{ ...CREDIT, feature, segment: '', window_minutes: 60, feature_type: 'number' },
      ...{ n: 122, reference_n: total(USUAL) * WEEK, detectable_effect: 0.29, rule: 'scores' },
      ...{ baseline: 'golden', ...driftOf(feature, hoursAgo), time: time(hoursAgo) },
      drift_version: FINAL_WORD,
    })),
  );
  await insert(
    'ml_performance',
    hours.flatMap((hoursAgo) =>
      METRICS.map((metric) => ({
        ...{
          ...CREDIT,
          reference_segment: '',
          ...metric,
          model_type: 'binary',
          time: time(hoursAgo),
        },
        ...{ n: 122, labelled_n: 90, label_coverage: 90 / 122, label_lag_s: 3600 },
        ...{ status: 'measured', settled_status: 'measured', mature_at: time(hoursAgo - 1) },
        window_version: FINAL_WORD,
      })),
    ),
  );
  await insert(
    'ml_quality',
    hours.map((hoursAgo) => ({
      ...{ ...CREDIT, feature: 'amount', check: 'missing', window_minutes: 60, n: 122 },
      ...{ violations: 2, rate: 2 / 122, rate_low: 0.005, rate_high: 0.058, expected: 0.016 },
      ...{ p_value: 0.9, status: 'ok', rule: 'share', time: time(hoursAgo) },
      quality_version: FINAL_WORD,
    })),
  );
}

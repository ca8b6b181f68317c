import { wilsonInterval } from '../../stats/proportion';
import type { ModelVersion } from '../drift/driftUnit';
import type { FeatureDecision } from '../drift/evaluateModel';
import type { DecidedHour, JudgedCheck } from './decideHour';
import type { StoredCheck } from './qualityStore';

export type QualityStatus =
  'ok' | 'violated' | 'learning' | 'insufficient_data' | 'baseline_missing';

/** A row of `ml_quality`, with what later hours of this run need of it. */
export interface QualityRow extends StoredCheck {
  readonly feature: string;
  readonly check: string;
  readonly columns: object;
}

export interface QualityPlace {
  readonly unit: ModelVersion;
  readonly timeMs: number;
  readonly windowMinutes: number;
  /** A UInt128 as text. */
  readonly qualityVersion: string;
  /** Rows of the hour. */
  readonly n: number;
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** A broken contract is broken however little; so is a schema that changed. */
function statusOf({ count, verdict }: JudgedCheck, decided: FeatureDecision): QualityStatus {
  if (decided.status === 'drift') return 'violated';
  const isBroken = count.tolerance !== undefined && count.violations > 0 && verdict.p <= LEVEL;
  if (isBroken || decided.page) return 'violated';
  return decided.status;
}
const LEVEL = 0.05;

const placeColumns = ({ unit, timeMs, windowMinutes, qualityVersion }: QualityPlace) => ({
  tenant: unit.tenant,
  environment: unit.environment,
  model: unit.model,
  version: unit.version,
  // Without a point, a number would be taken as ticks.
  time: (timeMs / 1000).toFixed(3),
  window_minutes: windowMinutes,
  quality_version: qualityVersion,
});

function rowOf(place: QualityPlace, judged: JudgedCheck, decided: FeatureDecision): QualityRow {
  const { count, verdict, expected, rate } = judged;
  const { feature, check, violations, n } = count;
  const isShare = rate === undefined;
  const { low, high } = isShare ? wilsonInterval(violations, n) : { low: NaN, high: NaN };
  const evidence = decided.streams[0] ?? 0;
  const texts = [verdict.direction, count.detail].filter((text) => text !== '');
  return {
    ...{ feature, check, timeMs: place.timeMs, violations, n, evidence },
    columns: {
      ...placeColumns(place),
      ...{ feature, check, status: statusOf(judged, decided), violations, n },
      rate: known(isShare ? violations / n : rate),
      ...{ rate_low: known(low), rate_high: known(high), expected: known(expected) },
      ...{ p_value: known(verdict.p), q_value: known(decided.q) },
      ...{ detail: texts.join('; '), baseline: count.baseline, rule: verdict.rule, evidence },
      page: Number(decided.page),
    },
  };
}

const RANK: Readonly<Record<QualityStatus, number>> = {
  violated: 4,
  ok: 3,
  learning: 2,
  insufficient_data: 1,
  baseline_missing: 0,
};

/** Checks that are told even when nothing broke them: what was looked at, once for each feature and for the model. */
const ALWAYS: ReadonlySet<string> = new Set([
  'missing',
  'volume',
  'freshness',
  'duplicates',
  'schema',
]);

/**
 * The rows of an hour: one for the hour, and those of checks that say something. `stored`: checks that have a row of the
 * hour already, which is replaced whatever it is now.
 */
export function qualityRows(
  place: QualityPlace,
  { checks, decision }: DecidedHour,
  stored: ReadonlySet<string>,
): QualityRow[] {
  const rows: QualityRow[] = [];
  let worst: QualityStatus = 'baseline_missing';
  let violations = 0;
  const seen = new Set<string>();
  checks.forEach((judged, k) => {
    const decided = decision.features[k]!;
    const status = statusOf(judged, decided);
    if (RANK[status] > RANK[worst]) worst = status;
    if (status === 'violated') violations++;
    seen.add(decided.feature);
    const said =
      judged.count.violations > 0 ||
      status === 'violated' ||
      (decided.streams[0] ?? 0) > 1 ||
      (judged.before[0] ?? 0) > 1;
    if (said || ALWAYS.has(judged.count.check) || stored.has(decided.feature))
      rows.push(rowOf(place, judged, decided));
  });
  for (const key of stored) {
    if (!seen.has(key)) rows.push(emptyRow(place, key));
  }
  return [...rows, summaryRow(place, { worst, violations, checks: checks.length }, decision)];
}

const NOTHING = {
  ...{ rate: null, rate_low: null, rate_high: null, expected: null, p_value: null, q_value: null },
  ...{ detail: '', baseline: '', rule: '', evidence: 0, page: 0 },
};

/** A check that is not made any more for this hour. */
function emptyRow(place: QualityPlace, key: string): QualityRow {
  const [feature, check] = JSON.parse(key) as [string, string];
  const counted = { feature, check, violations: 0, n: 0 };
  return {
    ...{ ...counted, timeMs: place.timeMs, evidence: 0 },
    columns: { ...placeColumns(place), ...counted, status: 'baseline_missing', ...NOTHING },
  };
}

function summaryRow(
  place: QualityPlace,
  { worst, violations, checks }: { worst: QualityStatus; violations: number; checks: number },
  { top, page, evidence }: DecidedHour['decision'],
): QualityRow {
  const counted = { feature: '', check: '', violations, n: place.n };
  return {
    ...{ ...counted, timeMs: place.timeMs, evidence },
    columns: {
      ...placeColumns(place),
      ...counted,
      status: worst,
      ...NOTHING,
      ...{
        rate: known(violations / checks),
        p_value: known(top?.verdict.p ?? NaN),
        q_value: known(top?.q ?? NaN),
      },
      ...{ detail: violations > 0 ? (top?.feature ?? '') : '', evidence, page: Number(page) },
    },
  };
}

import type { ModelContract } from '../../core/contract';
import type { ModelVersion } from '../drift/driftUnit';
import { type EvaluatedFeature, evaluateModel, type ModelDecision } from '../drift/evaluateModel';
import { noVerdict } from '../drift/verdict';
import type { CheckCount } from './checkCount';
import { checkVerdict } from './checkVerdict';
import { freshnessCheck } from './freshnessCheck';
import { checkKey, type CheckHistory } from './qualityStore';
import type { QualitySettings } from './qualitySettings';
import type { Traffic } from './traffic';
import { volumeCheck } from './volumeCheck';

/** A check of an hour, judged; not decided yet. */
export interface JudgedCheck extends Omit<EvaluatedFeature, 'feature'> {
  readonly count: CheckCount;
  readonly expected: number;
  /** The rate where it is no share of rows; undefined: violations / n. */
  readonly rate?: number;
}

export interface DecidedHour {
  readonly checks: readonly JudgedCheck[];
  readonly decision: ModelDecision;
}

/** Evidence older than this is not carried on. */
const FORGET_MS = 7 * 86_400_000;

export interface HourContext {
  readonly unit: ModelVersion;
  readonly timeMs: number;
  readonly history: CheckHistory;
  readonly settings: QualitySettings;
}

/** Hours that tell what is usual: those of the baseline if there are enough, else those just before. */
function usualHours(
  { history, timeMs, settings }: HourContext,
  range: { fromMs: number; toMs: number } | undefined,
) {
  const trailing = { fromMs: timeMs - settings.trailingMs, toMs: timeMs };
  return (feature: string, check: string) => {
    const own =
      range === undefined
        ? []
        : history.counts(feature, check, { ...range, toMs: Math.min(range.toMs, timeMs) });
    const enough = own.length * settings.windowMs >= settings.referenceMs / 2;
    return enough ? own : history.counts(feature, check, trailing);
  };
}

/** Judges what was counted. */
export function judgeCounts(
  context: HourContext,
  counts: readonly CheckCount[],
  reference: { fromMs: number; toMs: number } | undefined,
): JudgedCheck[] {
  const { history, timeMs, settings } = context;
  const usual = usualHours(context, reference);
  return counts.map((count) => {
    const { feature, check } = count;
    // A check that nothing broke, here or before, needs no hours to be judged by.
    const earlier = count.violations > 0 ? usual(feature, check) : [];
    const { verdict, expected } = checkVerdict(count, timeMs, earlier, settings);
    const quiet = count.violations === 0 && verdict.status !== 'insufficient_data';
    const before = history.evidence(feature, check, timeMs, FORGET_MS);
    const judged = quiet ? { ...verdict, status: 'ok' as const, p: 1, streams: [1] } : verdict;
    return { count, expected, verdict: judged, before: before > 0 ? [before] : [] };
  });
}

/** Judges how many rows there are, and how old the newest is. */
export function judgeArrivals(
  { unit, timeMs, history, settings }: HourContext,
  traffic: Traffic,
  rows: { readonly n: number; readonly lastMs: number },
  contracts: readonly ModelContract[],
): JudgedCheck[] {
  const common = { feature: '', reference: undefined, mayPage: true, baseline: '' };
  const earlier = traffic.earlier(unit, { fromMs: timeMs - settings.volumeMs, toMs: timeMs });
  const silence = rows.n === 0 ? traffic.silence(unit, timeMs) : undefined;
  const volume = volumeCheck({ timeMs, rows: rows.n }, earlier, settings);
  const moved = silence?.kind === 'moved';
  const verdict = moved
    ? {
        ...noVerdict('baseline_missing', 0),
        status: 'ok' as const,
        p: 1,
        streams: [1],
        rule: 'moved',
      }
    : { ...volume.verdict, rule: silence?.kind ?? volume.verdict.rule };
  const before = (check: string): number[] => {
    const known = history.evidence('', check, timeMs, FORGET_MS);
    return known > 0 ? [known] : [];
  };
  const change = Number.isFinite(volume.expected)
    ? `${rows.n} rows, ${Math.round(volume.expected)} expected`
    : '';
  const lost = Math.max(0, Math.round(volume.expected - rows.n));
  const judged: JudgedCheck = {
    count: {
      ...common,
      check: 'volume',
      violations: Math.abs(verdict.score) > 0 && lost > 0 ? lost : 0,
      n: rows.n,
      detail: [silence?.detail ?? '', change].filter((part) => part !== '').join('; '),
    },
    ...{ verdict, before: before('volume'), expected: volume.expected, rate: rows.n },
  };
  const limits = contracts.flatMap(({ freshnessMs }) => freshnessMs ?? []);
  if (moved || (rows.n === 0 && limits.length === 0)) return [judged];
  const endMs = timeMs + settings.windowMs;
  const lastMs =
    rows.n > 0
      ? rows.lastMs
      : (earlier.findLast((hour) => hour.rows > 0)?.timeMs ?? timeMs) + settings.windowMs;
  const { detail, ...fresh } = freshnessCheck({
    ageMs: Math.max(0, endMs - lastMs),
    rows: rows.n,
    limitMs: limits.length > 0 ? Math.min(...limits) : undefined,
    ...{ expected: volume.expected, dispersion: volume.dispersion },
  });
  const count = {
    ...common,
    check: 'freshness',
    violations: Number(fresh.score > 0),
    n: rows.n,
    detail,
  };
  const ageS = Math.max(0, endMs - lastMs) / 1000;
  const limitS = limits.length > 0 ? Math.min(...limits) / 1000 : NaN;
  return [
    judged,
    { count, verdict: fresh, before: before('freshness'), expected: limitS, rate: ageS },
  ];
}

/** All checks of a version's hour together, as drift decides its features. */
export const decideHour = (
  checks: readonly JudgedCheck[],
  settings: QualitySettings,
): DecidedHour => ({
  checks,
  decision: evaluateModel(
    checks.map(({ count, verdict, before }) => ({
      feature: checkKey(count.feature, count.check),
      verdict,
      before,
    })),
    1,
    settings,
  ),
});

import type { StoredBin } from '../../../charts/distributionBins';
import type { DriftFeature } from '../../../queries/driftFeature';

/** One side of a comparison as the address holds it: times in Unix milliseconds, `*` all versions, '' all traffic. */
export interface SideState {
  readonly fromMs: number;
  readonly toMs: number;
  readonly version: string;
  readonly segment: string;
}

interface ComparedBin {
  readonly low: number | null;
  readonly high: number | null;
  readonly label: string;
  readonly reference_share: number | null;
  readonly share: number | null;
}

/** A feature in the answer of `POST /compare`. */
export interface Compared {
  readonly feature: string;
  readonly effect: number | null;
  readonly direction: string;
  readonly rule: string;
  readonly p_value: number | null;
  readonly q_value: number | null;
  readonly detectable_effect: number | null;
  readonly n: number;
  readonly reference_n: number;
  readonly psi: number | null;
  readonly js: number | null;
  readonly ks: number | null;
  readonly wasserstein: number | null;
  readonly distribution?: readonly ComparedBin[];
}

const HOUR_MS = 3_600_000;

/** Benjamini-Hochberg at this rate, as the monitor decides its hours. */
const SIGNIFICANT = 0.05;

export const COMPARE_DEFAULTS = {
  refFrom: '',
  refTo: '',
  refVersion: '*',
  refSegment: '',
  curFrom: '',
  curTo: '',
  curVersion: '*',
  curSegment: '',
};

export type CompareState = typeof COMPARE_DEFAULTS;

const timeIn = (text: string, fallback: number): number =>
  /^\d{1,15}$/.test(text) ? Number(text) : fallback;

/** Windows are whole hours at most, so that a range between them would read less than it says. */
const hour = (ms: number): number => Math.floor(ms / HOUR_MS) * HOUR_MS;

/**
 * Both sides; where the address does not say, the current one is the range of the page and the reference as much time before
 * it: yesterday beside today.
 */
export const sidesOf = (
  state: CompareState,
  page: { readonly fromMs: number; readonly toMs: number },
): { readonly reference: SideState; readonly current: SideState } => {
  const toMs = hour(page.toMs);
  const fromMs = Math.min(hour(page.fromMs), toMs - HOUR_MS);
  const length = toMs - fromMs;
  return {
    reference: {
      fromMs: timeIn(state.refFrom, fromMs - length),
      toMs: timeIn(state.refTo, fromMs),
      version: state.refVersion,
      segment: state.refSegment,
    },
    current: {
      fromMs: timeIn(state.curFrom, fromMs),
      toMs: timeIn(state.curTo, toMs),
      version: state.curVersion,
      segment: state.curSegment,
    },
  };
};

/** A side as the API takes it. */
export const sideBody = ({ fromMs, toMs, version, segment }: SideState) => ({
  from: new Date(fromMs).toISOString(),
  to: new Date(toMs).toISOString(),
  version,
  segment,
});

const statusOf = ({ p_value, q_value }: Compared): string => {
  if (p_value === null) return 'unknown';
  return (q_value ?? 1) <= SIGNIFICANT ? 'drift' : 'ok';
};

/** A compared feature as the ranking and its details show it; nothing pages here. */
export const comparedFeature = (one: Compared): DriftFeature => ({
  key: one.feature,
  feature: one.feature,
  ...{ startMs: null, minutes: 0, version: '', segment: '', baseline: '' },
  status: statusOf(one),
  score: one.effect,
  p: one.p_value,
  q: one.q_value,
  rows: one.n,
  referenceRows: one.reference_n,
  detectable: one.detectable_effect,
  direction: one.direction,
  ...{ psi: one.psi, js: one.js, ks: one.ks, wasserstein: one.wasserstein },
  rule: one.rule,
  pages: false,
});

export const comparedBins = ({ distribution = [] }: Compared): readonly StoredBin[] =>
  distribution.map(({ low, high, label, reference_share, share }) => ({
    ...{ low, high, label },
    reference: reference_share,
    current: share,
  }));

/** The strongest evidence first: by q-value, then by the size of the effect. */
export const byEvidence = (a: Compared, b: Compared): number =>
  (a.q_value ?? 2) - (b.q_value ?? 2) || Math.abs(b.effect ?? 0) - Math.abs(a.effect ?? 0);

import { type FeatureVerdict, noVerdict } from '../drift/verdict';

export interface FreshnessInput {
  /** Age of the newest row at the end of the hour, milliseconds. */
  readonly ageMs: number;
  readonly rows: number;
  /** The contract's; undefined without one. */
  readonly limitMs: number | undefined;
  /** Rows that the hour should have had, and how much more than independent arrivals counts vary; NaN: not known. */
  readonly expected: number;
  readonly dispersion: number;
}

const HOUR_MS = 3_600_000;
const secondsText = (ms: number): string => `${Math.round(ms / 1000)} s`;

/**
 * Whether the newest row of an hour is too old at its end: older than a contract allows, which pages at once, or than is
 * likely for arrivals of the expected rate, exp(−rate · age / dispersion), which is for people to look at: if it goes on
 * the volume pages.
 */
export function freshnessCheck(
  input: FreshnessInput,
): FeatureVerdict & { readonly detail: string } {
  const { ageMs, rows, limitMs, expected, dispersion } = input;
  const age = `newest row ${secondsText(ageMs)} before the end of the hour`;
  const nothing = { ...noVerdict('baseline_missing', rows), detail: age };
  if (limitMs !== undefined) {
    const late = ageMs > limitMs;
    return {
      ...nothing,
      status: 'ok',
      ...{
        p: late ? 0 : 1,
        streams: [late ? 0 : 1],
        score: late ? 1 : 0,
        gross: late,
        mayPage: true,
      },
      rule: 'contract',
      detail: `${age}, ${secondsText(limitMs)} allowed`,
    };
  }
  const p = Math.exp((-expected * Math.max(0, ageMs)) / HOUR_MS / dispersion);
  if (Number.isNaN(p)) return { ...nothing, status: 'learning' };
  return { ...nothing, status: 'ok', p, streams: [p], score: p < 0.001 ? 1 : 0, rule: 'arrivals' };
}

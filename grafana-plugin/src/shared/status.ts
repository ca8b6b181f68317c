import { t } from './t';

/** How bad something is, for colour, order and icon. `unknown` is not good: nothing has looked yet, or nothing could be seen. */
export type Tone = 'bad' | 'warn' | 'good' | 'unknown';

/** Worst first: what needs attention first. */
export const TONES: readonly Tone[] = ['bad', 'warn', 'unknown', 'good'];

/** The statuses of all views (`v_models`, `v_drift`, `v_quality`, `v_performance`); others are shown as they are. */
const TONE_OF: Readonly<Record<string, Tone>> = {
  ok: 'good',
  measured: 'good',
  drift: 'warn',
  warning: 'warn',
  untrusted: 'warn',
  violated: 'warn',
  page: 'bad',
};

export const toneOf = (status: string | null | undefined): Tone =>
  TONE_OF[status ?? ''] ?? 'unknown';

/** The worse of some tones; `unknown` gives way to anything known. */
export const worstTone = (tones: readonly Tone[]): Tone => {
  if (tones.includes('bad')) return 'bad';
  if (tones.includes('warn')) return 'warn';
  return tones.includes('good') ? 'good' : 'unknown';
};

const WORDS: Readonly<Record<string, () => string>> = {
  ok: () => t('shared.status.ok', 'OK'),
  measured: () => t('shared.status.measured', 'Measured'),
  provisional: () => t('shared.status.provisional', 'Provisional'),
  estimated: () => t('shared.status.estimated', 'Estimated'),
  untrusted: () => t('shared.status.untrusted', 'Not to be trusted'),
  page: () => t('shared.status.page', 'Needs attention now'),
  drift: () => t('shared.status.drift', 'Drift'),
  warning: () => t('shared.status.warning', 'Warning'),
  violated: () => t('shared.status.violated', 'Violated'),
  learning: () => t('shared.status.learning', 'Learning'),
  unknown: () => t('shared.status.unknown', 'Not decided'),
  no_traffic: () => t('shared.status.noTraffic', 'No traffic'),
  insufficient_data: () => t('shared.status.insufficient', 'Too little data'),
  baseline_missing: () => t('shared.status.noBaseline', 'No baseline'),
};

/** A status in words; NULL means that the monitor has not looked yet. */
export const statusText = (status: string | null | undefined): string => {
  if (status === null || status === undefined || status === '')
    return t('shared.status.notLooked', 'Not checked yet');
  return WORDS[status]?.() ?? status;
};

import type { Tone } from '../shared/status';
import { t } from '../shared/t';

interface Look {
  readonly text: () => string;
  readonly tone: Tone;
}

/** States of rules and of alert events, in words and as a tone. */
const LOOKS: Readonly<Record<string, Look>> = {
  firing: { text: () => t('alerts.state.firing', 'Firing'), tone: 'bad' },
  error: { text: () => t('alerts.state.error', 'Cannot be evaluated'), tone: 'bad' },
  pending: { text: () => t('alerts.state.pending', 'Pending'), tone: 'warn' },
  nodata: { text: () => t('alerts.state.noData', 'No data'), tone: 'unknown' },
  inactive: { text: () => t('alerts.state.inactive', 'Normal'), tone: 'good' },
  paused: { text: () => t('alerts.state.paused', 'Paused'), tone: 'unknown' },
  resolved: { text: () => t('alerts.state.resolved', 'Resolved'), tone: 'good' },
};

export const alertStateText = (state: string): string => LOOKS[state]?.text() ?? state;

export const alertTone = (state: string): Tone => LOOKS[state]?.tone ?? 'unknown';

import { formatNumber } from './format';
import type { Tone } from './status';
import { t } from './t';

const DIRECTIONS: readonly (readonly [RegExp, (...found: string[]) => string])[] = [
  [
    /^mean up ([\d.]+) sd$/,
    (amount) =>
      t('drift.direction.meanUp', 'mean up by {{amount}} standard deviations', { amount }),
  ],
  [
    /^mean down ([\d.]+) sd$/,
    (amount) =>
      t('drift.direction.meanDown', 'mean down by {{amount}} standard deviations', { amount }),
  ],
  [
    /^spread up(?: \(sd × ([\d.]+)\))?$/,
    (ratio) =>
      ratio === ''
        ? t('drift.direction.spreadUp', 'more spread')
        : t('drift.direction.spreadUpBy', 'more spread (standard deviation × {{ratio}})', {
            ratio,
          }),
  ],
  [
    /^spread down(?: \(sd × ([\d.]+)\))?$/,
    (ratio) =>
      ratio === ''
        ? t('drift.direction.spreadDown', 'less spread')
        : t('drift.direction.spreadDownBy', 'less spread (standard deviation × {{ratio}})', {
            ratio,
          }),
  ],
  [/^skew up$/, () => t('drift.direction.skewUp', 'leans more to high values')],
  [/^skew down$/, () => t('drift.direction.skewDown', 'leans more to low values')],
  [
    /^more in the middle and at the ends$/,
    () => t('drift.direction.peaked', 'more in the middle and at the ends'),
  ],
  [/^more in the shoulders$/, () => t('drift.direction.shoulders', 'more between middle and ends')],
  [
    /^lower tail (.+ → .+)$/,
    (change) => t('drift.direction.lowerTail', 'very low values {{change}}', { change }),
  ],
  [
    /^upper tail (.+ → .+)$/,
    (change) => t('drift.direction.upperTail', 'very high values {{change}}', { change }),
  ],
  [
    /^missing (\d\S* → \d\S*)$/,
    (change) => t('drift.direction.missing', 'missing values {{change}}', { change }),
  ],
  [
    /^new values (\d\S* → \d\S*)$/,
    (change) => t('drift.direction.new', 'new values {{change}}', { change }),
  ],
];

/** The words of the monitor (English) in the user's language; a change of one value's share needs no words. */
export const directionText = (direction: string): string => {
  for (const [pattern, text] of DIRECTIONS) {
    const found = pattern.exec(direction);
    if (found !== null)
      return text(...found.slice(1).map((part) => (part as string | undefined) ?? ''));
  }
  return direction;
};

/** How bad a finding about drift is; only what pages needs somebody now. */
export const driftTone = (status: string, pages: boolean): Tone => {
  if (pages) return 'bad';
  if (status === 'drift') return 'warn';
  return status === 'ok' ? 'good' : 'unknown';
};

/** How large an effect is in words, by Cohen's conventions (0.2, 0.5, 0.8 standard deviations). */
export const effectText = (score: number | null): string => {
  if (score === null) return t('drift.effect.unknown', 'Effect not known');
  const size = Math.abs(score);
  const values = { score: formatNumber(score) };
  if (size < 0.2) return t('drift.effect.tiny', 'Hardly any effect ({{score}} sd)', values);
  if (size < 0.5) return t('drift.effect.small', 'Small effect ({{score}} sd)', values);
  if (size < 0.8) return t('drift.effect.medium', 'Medium effect ({{score}} sd)', values);
  return t('drift.effect.large', 'Large effect ({{score}} sd)', values);
};

export type DriftMeasureName = 'score' | 'psi' | 'js' | 'ks' | 'wasserstein';

export const measureText = (measure: DriftMeasureName): string => {
  switch (measure) {
    case 'score':
      return t('drift.measure.score', 'Effect (sd)');
    case 'psi':
      return t('drift.measure.psi', 'PSI');
    case 'js':
      return t('drift.measure.js', 'Jensen-Shannon');
    case 'ks':
      return t('drift.measure.ks', 'Kolmogorov-Smirnov');
    case 'wasserstein':
      return t('drift.measure.wasserstein', 'Wasserstein (sd)');
  }
};

/** A segment (`key=value`); the empty one is all traffic. */
export const segmentText = (segment: string): string =>
  segment === '' ? t('drift.segment.all', 'All traffic') : segment;

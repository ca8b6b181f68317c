import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Stack, useStyles2 } from '@grafana/ui';
import type { DriftFeature } from '../../../queries/driftFeature';
import { directionText, driftTone, effectText } from '../../../shared/driftTexts';
import { formatCount, formatNumber, formatProbability } from '../../../shared/format';
import { StatusBadge } from '../../../shared/StatusBadge';
import { t } from '../../../shared/t';

type Number = readonly [label: string, value: string];

const numbersOf = (one: DriftFeature): readonly Number[] => [
  [t('drift.number.p', 'p-value'), formatProbability(one.p)],
  [t('drift.number.q', 'q-value'), formatProbability(one.q)],
  [t('drift.number.n', 'Rows'), formatCount(one.rows)],
  [t('drift.number.referenceN', 'Rows of the reference'), formatCount(one.referenceRows)],
  [t('drift.number.detectable', 'Smallest effect that would show'), formatNumber(one.detectable)],
  [t('drift.measure.psi', 'PSI'), formatNumber(one.psi)],
  [t('drift.measure.js', 'Jensen-Shannon'), formatNumber(one.js)],
  [t('drift.measure.ks', 'Kolmogorov-Smirnov'), formatNumber(one.ks)],
  [t('drift.measure.wasserstein', 'Wasserstein (sd)'), formatNumber(one.wasserstein)],
];

/** What so many rows can tell: an effect below the smallest that would show is no proof that nothing changed. */
const caution = ({ status, detectable }: DriftFeature): string | undefined => {
  if (status === 'insufficient_data')
    return t(
      'drift.caution.few',
      'Too few rows to decide: only an effect of {{effect}} standard deviations or more would have been seen.',
      { effect: formatNumber(detectable) },
    );
  if (status === 'learning')
    return t(
      'drift.caution.learning',
      'The reference is shorter than seven days: it does not know the week yet, so that only gross changes alert.',
    );
  return undefined;
};

/** The finding as a sentence, with the numbers that it rests on. */
export const Evidence = ({ picked }: { readonly picked: DriftFeature }) => {
  const styles = useStyles2(getStyles);
  const said = [effectText(picked.score), directionText(picked.direction)];
  const warning = caution(picked);
  return (
    <Stack direction="column" gap={1}>
      <Stack wrap="wrap" gap={1} alignItems="center">
        <StatusBadge
          status={picked.pages ? 'page' : picked.status}
          tone={driftTone(picked.status, picked.pages)}
        />
        <strong data-testid="drift-sentence">
          {said.filter((text) => text !== '').join(': ')}
        </strong>
      </Stack>
      {warning !== undefined && <p className={styles.caution}>{warning}</p>}
      <dl className={styles.numbers}>
        {numbersOf(picked).map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Stack>
  );
};

const getStyles = (theme: GrafanaTheme2) => ({
  caution: css({ margin: 0, color: theme.colors.text.secondary }),
  numbers: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(130px, 1fr))',
    gap: theme.spacing(1),
    margin: 0,
    dt: {
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
      fontWeight: theme.typography.fontWeightRegular,
    },
    dd: { margin: 0, fontVariantNumeric: 'tabular-nums' },
  }),
});

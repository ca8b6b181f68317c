import { css } from '@emotion/css';
import type { GrafanaTheme2, IconName } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import { formatAgo } from '../../shared/format';
import { t } from '../../shared/t';
import type { Check } from './registryAnswers';

const nameText = (name: Check['name']): string => {
  switch (name) {
    case 'traffic':
      return t('registry.check.traffic', 'Traffic');
    case 'errors':
      return t('registry.check.errors', 'Errors');
    case 'validation':
      return t('registry.check.validation', 'Validation');
    case 'drift':
      return t('registry.check.drift', 'Drift');
    case 'quality':
      return t('registry.check.quality', 'Data quality');
    case 'performance':
      return t('registry.check.performance', 'Performance');
  }
};

const statusText = (status: Check['status']): string => {
  switch (status) {
    case 'pass':
      return t('registry.check.pass', 'Fine');
    case 'warn':
      return t('registry.check.warn', 'Worth a look');
    case 'fail':
      return t('registry.check.fail', 'Speaks against it');
    case 'unknown':
      return t('registry.check.unknown', 'Not known');
  }
};

const ICONS: Readonly<Record<Check['status'], IconName>> = {
  pass: 'check-circle',
  warn: 'exclamation-triangle',
  fail: 'exclamation-circle',
  unknown: 'question-circle',
};

/** What is known about a version, each fact with its verdict; in the words of the API, as they are kept. */
export const CheckList = ({ checks }: { readonly checks: readonly Check[] }) => {
  const styles = useStyles2(getStyles);
  return (
    <ul className={styles.list} aria-label={t('registry.check.list', 'Check list')}>
      {checks.map(({ name, status, fact, time }) => (
        <li key={name} className={styles.item} data-testid={`check-${name}`}>
          <span className={styles[status]}>
            <Icon name={ICONS[status]} title={statusText(status)} />
          </span>
          <strong>{nameText(name)}</strong>
          <span>
            {fact}
            {time !== null && (
              <span className={styles.age}>{` (${formatAgo(Date.parse(time))})`}</span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
};

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', margin: 0, padding: 0 }),
  item: css({
    display: 'grid',
    gridTemplateColumns: '20px minmax(84px, 120px) 1fr',
    gap: theme.spacing(1),
    padding: theme.spacing(0.5, 0),
    overflowWrap: 'anywhere',
  }),
  age: css({ color: theme.colors.text.secondary }),
  pass: css({ color: theme.colors.success.text }),
  warn: css({ color: theme.colors.warning.text }),
  fail: css({ color: theme.colors.error.text }),
  unknown: css({ color: theme.colors.text.secondary }),
});

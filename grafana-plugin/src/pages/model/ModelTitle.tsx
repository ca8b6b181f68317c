import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { StatusBadge } from '../../shared/StatusBadge';
import { useModel } from './ModelContext';

/** The model's name beside the status of the version that was seen last. */
export const ModelTitle = ({ title }: { readonly title: string }) => {
  const styles = useStyles2(getStyles);
  const { versions } = useModel();
  return (
    <div className={styles.title}>
      <h1 className={styles.name}>{title}</h1>
      <StatusBadge status={versions[0]?.status} />
    </div>
  );
};

const getStyles = (theme: GrafanaTheme2) => ({
  title: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
  name: css({ margin: 0, overflowWrap: 'anywhere' }),
});

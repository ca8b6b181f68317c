import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Spinner, useStyles2 } from '@grafana/ui';
import { t } from '../shared/t';

interface Props {
  /** In pixels: about what will stand there, so that the page does not jump. */
  readonly height?: number;
}

/** Something is being asked for. */
export const LoadingState = ({ height = 120 }: Props) => {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.box} style={{ minHeight: height }} role="status" aria-live="polite">
      <Spinner inline />
      <span>{t('states.loading', 'Loading')}</span>
    </div>
  );
};

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    gap: theme.spacing(1),
    color: theme.colors.text.secondary,
  }),
});

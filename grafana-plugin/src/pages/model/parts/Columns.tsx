import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';

interface Props {
  /** What is chosen from, beside what is chosen; below each other on narrow screens. */
  readonly choice: ReactNode;
  readonly children: ReactNode;
}

/** A list at the left and the details of what is chosen in it. */
export const Columns = ({ choice, children }: Props) => {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.columns}>
      <div className={styles.part}>{choice}</div>
      <div className={styles.part}>{children}</div>
    </div>
  );
};

const getStyles = (theme: GrafanaTheme2) => ({
  columns: css({
    display: 'grid',
    gridTemplateColumns: 'minmax(260px, 1fr) minmax(0, 2fr)',
    alignItems: 'start',
    gap: theme.spacing(2),
    [theme.breakpoints.down('md')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  }),
  part: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2), minWidth: 0 }),
});

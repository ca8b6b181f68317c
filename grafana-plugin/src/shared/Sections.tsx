import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';

interface Props {
  /** Side by side where there is room for it; else one below the other. */
  readonly columns?: boolean;
  readonly children: ReactNode;
}

/** The sections of a page with the distance between them. */
export const Sections = ({ columns = false, children }: Props) => {
  const styles = useStyles2(getStyles);
  return <div className={columns ? styles.columns : styles.rows}>{children}</div>;
};

const getStyles = (theme: GrafanaTheme2) => {
  const grid = { display: 'grid', gap: theme.spacing(2) };
  return {
    rows: css({ ...grid, gridTemplateColumns: 'minmax(0, 1fr)' }),
    columns: css({
      ...grid,
      gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 420px), 1fr))',
    }),
  };
};

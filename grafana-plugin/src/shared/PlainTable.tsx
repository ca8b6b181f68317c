import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';

interface Props {
  /** What the table holds, for those who cannot see it. */
  readonly caption: string;
  readonly headings: readonly string[];
  /** The rows of its body. */
  readonly children: ReactNode;
}

/** A plain table that scrolls sideways, by keyboard too, where the screen is narrow. */
export const PlainTable = ({ caption, headings, children }: Props) => {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.scroll} role="region" aria-label={caption} tabIndex={0}>
      <table className={styles.table} aria-label={caption}>
        <thead>
          <tr>
            {headings.map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
};

const getStyles = (theme: GrafanaTheme2) => ({
  scroll: css({ overflowX: 'auto', maxWidth: '100%' }),
  table: css({
    width: '100%',
    borderCollapse: 'collapse',
    fontVariantNumeric: 'tabular-nums',
    'th, td': {
      padding: theme.spacing(0.75, 1),
      textAlign: 'left',
      verticalAlign: 'top',
      borderBottom: `1px solid ${theme.colors.border.weak}`,
    },
    th: { whiteSpace: 'nowrap', fontWeight: theme.typography.fontWeightMedium },
    // A time or a version: short, and torn apart it is hard to read.
    'td:first-of-type': { whiteSpace: 'nowrap' },
    // Secondary text is too faint on the overlay of actions.
    'tbody tr:hover': { background: theme.colors.background.secondary },
  }),
});

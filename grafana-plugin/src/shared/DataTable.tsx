import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';

export interface Column<Item> {
  readonly key: string;
  readonly heading: ReactNode;
  readonly cell: (item: Item) => ReactNode;
  /** Right-aligned, so that digits stand below each other. */
  readonly numeric?: boolean;
  /** Names the row for screen readers. */
  readonly names?: boolean;
}

interface Props<Item> {
  /** What the table holds: its name for screen readers. */
  readonly caption: string;
  readonly columns: readonly Column<Item>[];
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
}

/** Rows as a table that scrolls sideways, also by keyboard, where the screen is narrow. */
export const DataTable = <Item,>({ caption, columns, items, keyOf }: Props<Item>) => {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.scroll} role="region" aria-label={caption} tabIndex={0}>
      <table className={styles.table} aria-label={caption}>
        <thead>
          <tr>
            {columns.map(({ key, heading, numeric }) => (
              <th key={key} scope="col" className={cx(numeric === true && styles.numeric)}>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={keyOf(item)}>
              {columns.map(({ key, cell, numeric, names }) =>
                names === true ? (
                  <th key={key} scope="row" className={styles.name}>
                    {cell(item)}
                  </th>
                ) : (
                  <td key={key} className={cx(numeric === true && styles.numeric)}>
                    {cell(item)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
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
    th: { fontWeight: theme.typography.fontWeightMedium },
    'thead th': { whiteSpace: 'nowrap' },
    // Secondary text is too faint on the overlay of actions.
    'tbody tr:hover': { background: theme.colors.background.secondary },
  }),
  numeric: css({ textAlign: 'right !important' as 'right', whiteSpace: 'nowrap' }),
  name: css({ minWidth: 96, maxWidth: 320, overflowWrap: 'anywhere' }),
});

import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';

export interface TableColumn<Item> {
  readonly key: string;
  readonly heading: string;
  readonly cell: (item: Item) => ReactNode;
  /** Numbers stand at the right, so that their digits are below each other. */
  readonly isNumber?: boolean;
}

interface Props<Item> {
  readonly caption: string;
  readonly columns: readonly TableColumn<Item>[];
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
}

/** A small table whose first column heads its rows; scrolls sideways where the screen is narrow. */
export const DataTable = <Item,>({ caption, columns, items, keyOf }: Props<Item>) => {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.scroll} role="region" aria-label={caption} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map(({ key, heading, isNumber = false }) => (
              <th key={key} scope="col" className={isNumber ? styles.number : undefined}>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={keyOf(item)}>
              {columns.map(({ key, cell, isNumber = false }, index) =>
                index === 0 ? (
                  <th key={key} scope="row">
                    {cell(item)}
                  </th>
                ) : (
                  <td key={key} className={isNumber ? styles.number : undefined}>
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
      padding: theme.spacing(0.5, 1),
      textAlign: 'left',
      verticalAlign: 'top',
      borderBottom: `1px solid ${theme.colors.border.weak}`,
    },
    th: { fontWeight: theme.typography.fontWeightMedium },
    thead: { whiteSpace: 'nowrap' },
    // Secondary text is too faint on the overlay of actions.
    'tbody tr:hover': { background: theme.colors.background.secondary },
  }),
  number: css({ '&&': { textAlign: 'right', whiteSpace: 'nowrap' } }),
});

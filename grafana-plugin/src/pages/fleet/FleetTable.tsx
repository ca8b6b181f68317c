import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import { t } from '../../shared/t';
import { FleetRow, NUMBER } from './FleetRow';
import { sortText } from './fleetTexts';
import type { FleetItem, FleetState, Sort } from './fleetView';

interface Props {
  readonly caption: string;
  readonly items: readonly FleetItem[];
  readonly state: FleetState;
  readonly onSort: (sort: Sort, order: 'asc' | 'desc') => void;
}

type Heading = Sort | 'why' | 'quality' | 'version';

const HEADINGS: readonly Heading[] = [
  'attention',
  'model',
  'version',
  'why',
  'traffic',
  'errors',
  'latency',
  'drift',
  'quality',
  'performance',
  'cost',
];

const NUMBERS: readonly Heading[] = ['traffic', 'errors', 'latency', 'cost'];

/** Numbers are first asked for from the top down, words and urgency from their start. */
const FIRST_ORDER: Readonly<Record<Sort, 'asc' | 'desc'>> = {
  attention: 'asc',
  model: 'asc',
  traffic: 'desc',
  errors: 'desc',
  latency: 'desc',
  drift: 'desc',
  performance: 'asc',
  cost: 'desc',
};

const isSort = (heading: Heading): heading is Sort => heading in FIRST_ORDER;

const headingText = (heading: Heading): string => {
  if (isSort(heading)) return sortText(heading);
  if (heading === 'why') return t('fleet.column.why', 'Why');
  if (heading === 'quality') return t('fleet.column.quality', 'Quality');
  return t('fleet.column.version', 'Version');
};

/** The models as a table whose headings sort; scrolls sideways where the screen is narrow. */
export const FleetTable = ({ caption, items, state, onSort }: Props) => {
  const styles = useStyles2(getStyles);
  const ariaSort = (heading: Heading) => {
    if (heading !== state.sort) return undefined;
    return state.order === 'asc' ? 'ascending' : 'descending';
  };
  const sortBy = (sort: Sort) => {
    const turned = state.order === 'asc' ? 'desc' : 'asc';
    onSort(sort, sort === state.sort ? turned : FIRST_ORDER[sort]);
  };
  return (
    <div className={styles.scroll} role="region" aria-label={caption} tabIndex={0}>
      <table className={styles.table}>
        <caption className={cx(styles.caption, 'sr-only')}>{caption}</caption>
        <thead>
          <tr>
            {HEADINGS.map((heading) => (
              <th
                key={heading}
                scope="col"
                aria-sort={ariaSort(heading)}
                style={NUMBERS.includes(heading) ? NUMBER : undefined}
              >
                {isSort(heading) ? (
                  <button
                    type="button"
                    className={styles.sort}
                    onClick={() => {
                      sortBy(heading);
                    }}
                  >
                    {headingText(heading)}
                    {heading === state.sort && (
                      <Icon name={state.order === 'asc' ? 'arrow-up' : 'arrow-down'} size="sm" />
                    )}
                  </button>
                ) : (
                  headingText(heading)
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <FleetRow key={item.model.key} item={item} />
          ))}
        </tbody>
      </table>
    </div>
  );
};

const getStyles = (theme: GrafanaTheme2) => ({
  scroll: css({ overflowX: 'auto', maxWidth: '100%' }),
  caption: css({
    position: 'absolute',
    width: 1,
    height: 1,
    overflow: 'hidden',
    clipPath: 'inset(50%)',
  }),
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
    'tbody tr:hover': { background: theme.colors.action.hover },
  }),
  sort: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    padding: 0,
    border: 'none',
    background: 'none',
    color: 'inherit',
    font: 'inherit',
  }),
});

import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { formatNumber } from '../shared/format';
import type { Tone } from '../shared/status';
import { useChartColors } from './chartColors';

export interface RankedItem {
  readonly key: string;
  readonly label: string;
  /** Its size is drawn; the sign is written. */
  readonly value: number | null;
  readonly tone: Tone;
  /** Beside the number, e.g. a q-value. */
  readonly note?: string;
}

interface Props {
  readonly label: string;
  readonly items: readonly RankedItem[];
  readonly selected?: string;
  readonly onSelect?: (key: string) => void;
  readonly format?: (value: number | null) => string;
}

/** Items with bars from the strongest down; each is a button, so that the keyboard can choose one too. */
export const RankingBars = ({ label, items, selected, onSelect, format = formatNumber }: Props) => {
  const styles = useStyles2(getStyles);
  const colors = useChartColors();
  const most = items.reduce((top, { value }) => Math.max(top, Math.abs(value ?? 0)), 0);
  const fill: Readonly<Record<Tone, string>> = { ...colors, unknown: colors.axis };
  return (
    <ul className={styles.list} aria-label={label}>
      {items.map((item) => (
        <li key={item.key}>
          <button
            type="button"
            className={cx(styles.row, item.key === selected && styles.selected)}
            aria-pressed={onSelect === undefined ? undefined : item.key === selected}
            disabled={onSelect === undefined}
            onClick={() => {
              onSelect?.(item.key);
            }}
          >
            <span className={styles.label}>{item.label}</span>
            <span className={styles.value}>
              {[format(item.value), item.note].filter(Boolean).join(' · ')}
            </span>
            <span
              className={styles.bar}
              style={{
                width: `${most === 0 ? 0 : (Math.abs(item.value ?? 0) / most) * 100}%`,
                background: fill[item.tone],
              }}
            />
          </button>
        </li>
      ))}
    </ul>
  );
};

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', margin: 0, padding: 0 }),
  row: css({
    display: 'grid',
    gridTemplateColumns: '1fr auto',
    width: '100%',
    gap: theme.spacing(0, 1),
    padding: theme.spacing(0.5, 1),
    border: 'none',
    borderRadius: theme.shape.radius.default,
    background: 'none',
    textAlign: 'left',
    color: theme.colors.text.primary,
    '&:hover:enabled': { background: theme.colors.action.hover },
  }),
  selected: css({ background: theme.colors.action.selected }),
  label: css({ overflowWrap: 'anywhere' }),
  // Secondary text would be too faint on the background of a selected row.
  value: css({ fontVariantNumeric: 'tabular-nums' }),
  bar: css({ gridColumn: '1 / -1', height: 6, borderRadius: 3, minWidth: 2 }),
});

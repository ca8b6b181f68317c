import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';

/** A plain table in Grafana's look, which scrolls sideways where the screen is narrow. For `useStyles2`. */
export const tableStyles = (theme: GrafanaTheme2) => ({
  scroll: css({ overflow: 'auto', maxWidth: '100%' }),
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
    // What is short and decides (state, time, number) stays on one line.
    'td:first-of-type': { whiteSpace: 'nowrap' },
    // Secondary text is too faint on the overlay of actions.
    'tbody tr:hover': { background: theme.colors.background.secondary },
  }),
  caption: css({
    position: 'absolute',
    width: 1,
    height: 1,
    overflow: 'hidden',
    clipPath: 'inset(50%)',
  }),
  quiet: css({ color: theme.colors.text.secondary }),
});

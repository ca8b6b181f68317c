import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';

export const pageStyles = ({ colors, spacing, breakpoints, typography }: GrafanaTheme2) => ({
  page: css({
    padding: spacing(3),
    minWidth: 0,
    [breakpoints.down('md')]: { padding: spacing(1.5) },
  }),
  header: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: spacing(2),
    alignItems: 'flex-start',
    marginBottom: spacing(2),
  }),
  subTitle: css({ marginTop: spacing(0.5), color: colors.text.secondary }),
  actions: css({ marginLeft: 'auto', display: 'flex', gap: spacing(1) }),
  bar: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: spacing(2),
    padding: spacing(1, 3),
    background: colors.background.primary,
    borderBottom: `1px solid ${colors.border.weak}`,
    fontWeight: typography.fontWeightMedium,
  }),
  notice: css({
    padding: spacing(0.75, 3),
    background: colors.info.transparent,
    borderBottom: `1px solid ${colors.info.border}`,
    fontSize: typography.bodySmall.fontSize,
  }),
  links: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: spacing(2),
    '& a[aria-current]': { color: colors.text.maxContrast, textDecoration: 'underline' },
  }),
  tabs: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: spacing(0, 1),
    marginBottom: spacing(2),
    borderBottom: `1px solid ${colors.border.weak}`,
    '& a': {
      padding: spacing(1),
      marginBottom: -1,
      borderBottom: '2px solid transparent',
      color: colors.text.secondary,
    },
    '& a[aria-current]': { color: colors.text.maxContrast, borderColor: colors.primary.border },
  }),
  toasts: css({
    position: 'fixed',
    right: spacing(2),
    bottom: spacing(2),
    zIndex: 2000,
    maxWidth: '90vw',
  }),
});

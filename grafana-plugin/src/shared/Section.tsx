import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Stack, Text, useStyles2 } from '@grafana/ui';
import { type ReactNode, useId } from 'react';

interface Props {
  readonly title: string;
  readonly subTitle?: ReactNode;
  /** On the right of the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A titled part of a page. */
export const Section = ({ title, subTitle, actions, children }: Props) => {
  const styles = useStyles2(getStyles);
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <Stack wrap="wrap" gap={1} justifyContent="space-between" alignItems="center">
        <Text element="h2" variant="h5" id={id}>
          {title}
        </Text>
        {actions}
      </Stack>
      {subTitle !== undefined && <div className={styles.subTitle}>{subTitle}</div>}
      {children}
    </section>
  );
};

const getStyles = (theme: GrafanaTheme2) => ({
  section: css({
    minWidth: 0,
    padding: theme.spacing(2),
    background: theme.colors.background.primary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
  }),
  subTitle: css({ color: theme.colors.text.secondary }),
});

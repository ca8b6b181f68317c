import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { type ReactNode, useId } from 'react';

interface Props {
  readonly title: string;
  /** What is shown and how it came about, in a sentence or two. */
  readonly description?: ReactNode;
  /** Beside the title: what changes the section. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page with a heading, in a frame like that of Grafana's panels. */
export const Section = ({ title, description, actions, children }: Props) => {
  const styles = useStyles2(getStyles);
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <header className={styles.header}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {actions}
      </header>
      {description !== undefined && <p className={styles.description}>{description}</p>}
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
  }),
  header: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(1),
  }),
  title: css({ ...theme.typography.h5, margin: 0 }),
  description: css({
    margin: theme.spacing(0, 0, 2),
    maxWidth: '90ch',
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
});

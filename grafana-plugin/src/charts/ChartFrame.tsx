import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { type ReactNode, useId } from 'react';
import { useWidth } from './useWidth';

export interface LegendEntry {
  readonly label: string;
  readonly color: string;
}

interface Props {
  /** What the picture shows, in one sentence: read out instead of it. */
  readonly label: string;
  readonly height: number;
  readonly legend?: readonly LegendEntry[];
  /** The inside of an SVG of this width and the frame's height. */
  readonly children: (width: number) => ReactNode;
}

/** A picture with a name for those who cannot see it, a legend, and the width that there is. */
export const ChartFrame = ({ label, height, legend = [], children }: Props) => {
  const styles = useStyles2(getStyles);
  const { ref, width } = useWidth();
  const id = useId();
  return (
    <figure className={styles.figure}>
      <div ref={ref} style={{ height }}>
        {width > 0 && (
          <svg width={width} height={height} role="img" aria-labelledby={id}>
            <title id={id}>{label}</title>
            {children(width)}
          </svg>
        )}
      </div>
      {legend.length > 0 && (
        <figcaption className={styles.legend}>
          {legend.map((entry) => (
            <span key={entry.label} className={styles.entry}>
              <span className={styles.swatch} style={{ background: entry.color }} />
              {entry.label}
            </span>
          ))}
        </figcaption>
      )}
    </figure>
  );
};

const getStyles = (theme: GrafanaTheme2) => ({
  figure: css({ margin: 0, width: '100%', svg: { display: 'block', overflow: 'visible' } }),
  legend: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(2),
    fontSize: theme.typography.bodySmall.fontSize,
    color: theme.colors.text.secondary,
  }),
  entry: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(0.5) }),
  swatch: css({ width: 12, height: 12, borderRadius: 2 }),
});

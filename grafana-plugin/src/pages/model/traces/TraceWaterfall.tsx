import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import { Fragment, useState } from 'react';
import { TraceBar } from '../../../charts/TraceBar';
import { useSeriesColors } from '../../../charts/useSeriesColors';
import { formatMs } from '../../../shared/format';
import { t } from '../../../shared/t';
import { SpanDetails } from './SpanDetails';
import { lengthOf, type TraceSpan, traceTree } from './traceTree';

interface Props {
  readonly spans: readonly TraceSpan[];
  /** The call that was looked for: it starts opened. */
  readonly chosen: string;
}

const INDENT = 14;
/** Deeper spans are not indented further: their names would leave the page. */
const DEEPEST = 10;

/** A trace: its spans below each other, with the time that each took. Each opens to what it was sent with. */
export const TraceWaterfall = ({ spans, chosen }: Props) => {
  const styles = useStyles2(getStyles);
  const color = useSeriesColors();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set([chosen]));
  const totalMs = lengthOf(spans);
  const services = [...new Set(spans.map(({ service }) => service))];
  const toggle = (id: string) => {
    setOpen(
      (before) =>
        new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]),
    );
  };
  const caption = t('modelTraces.waterfall.caption', 'Spans of the trace');
  return (
    <div className={styles.scroll} role="region" aria-label={caption} tabIndex={0}>
      <table className={styles.table} aria-label={caption}>
        <thead>
          <tr>
            <th scope="col">{t('modelTraces.waterfall.span', 'Span')}</th>
            <th scope="col">{t('modelTraces.waterfall.service', 'Service')}</th>
            <th scope="col">{t('modelTraces.waterfall.took', 'Took')}</th>
            <th scope="col" className={styles.time}>
              {t('modelTraces.waterfall.when', 'When, of {{total}}', { total: formatMs(totalMs) })}
            </th>
          </tr>
        </thead>
        <tbody>
          {traceTree(spans).map((span) => (
            <Fragment key={span.id}>
              <tr className={cx(span.id === chosen && styles.chosen)}>
                <th scope="row" style={{ paddingLeft: Math.min(span.depth, DEEPEST) * INDENT }}>
                  <button
                    type="button"
                    className={styles.toggle}
                    aria-expanded={open.has(span.id)}
                    onClick={() => {
                      toggle(span.id);
                    }}
                  >
                    <Icon name={open.has(span.id) ? 'angle-down' : 'angle-right'} />
                    <span>{span.name}</span>
                    {span.failed && (
                      <Icon
                        name="exclamation-circle"
                        title={t('modelTraces.waterfall.failed', 'Failed')}
                        className={styles.failed}
                      />
                    )}
                  </button>
                </th>
                <td>{span.service}</td>
                <td className={styles.took}>{formatMs(span.durationMs)}</td>
                <td>
                  <TraceBar
                    {...span}
                    totalMs={totalMs}
                    color={color(services.indexOf(span.service))}
                  />
                </td>
              </tr>
              {open.has(span.id) && (
                <tr>
                  <td colSpan={4} className={styles.details}>
                    <SpanDetails span={span} />
                  </td>
                </tr>
              )}
            </Fragment>
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
      fontWeight: theme.typography.fontWeightRegular,
    },
    thead: { color: theme.colors.text.secondary },
    tr: { borderBottom: `1px solid ${theme.colors.border.weak}` },
  }),
  chosen: css({ background: theme.colors.action.selected }),
  time: css({ width: '40%' }),
  took: css({ whiteSpace: 'nowrap' }),
  failed: css({ color: theme.colors.error.text }),
  details: css({ background: theme.colors.background.secondary }),
  toggle: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    padding: 0,
    border: 'none',
    background: 'none',
    color: 'inherit',
    textAlign: 'left',
    overflowWrap: 'anywhere',
  }),
});

import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useState } from 'react';
import { useSeriesColors } from '../../../charts/useSeriesColors';
import { formatMs } from '../../../shared/format';
import { t } from '../../../shared/t';
import { SpanRows } from './SpanRows';
import { lengthOf, type TraceSpan, traceTree } from './traceTree';

interface Props {
  readonly spans: readonly TraceSpan[];
  /** The call that was looked for: it starts opened. */
  readonly chosen: string;
}

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
            <SpanRows
              key={span.id}
              span={span}
              isChosen={span.id === chosen}
              isOpen={open.has(span.id)}
              totalMs={totalMs}
              color={color(services.indexOf(span.service))}
              onToggle={() => {
                toggle(span.id);
              }}
            />
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
  time: css({ width: '40%' }),
});

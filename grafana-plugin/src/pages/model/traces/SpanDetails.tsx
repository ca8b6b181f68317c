import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { formatMs } from '../../../shared/format';
import { t } from '../../../shared/t';
import type { TraceSpan } from './traceTree';

/** What a span was sent with. */
export const SpanDetails = ({ span }: { readonly span: TraceSpan }) => {
  const styles = useStyles2(getStyles);
  const facts: readonly (readonly [string, string])[] = [
    [t('modelTraces.span.start', 'Started after'), formatMs(span.offsetMs)],
    [t('modelTraces.span.kind', 'Kind'), span.kind],
    [t('modelTraces.span.message', 'Error'), span.message],
    [t('modelTraces.span.events', 'Events'), span.events],
    ...span.attributes,
  ];
  return (
    <dl className={styles.facts}>
      {facts
        .filter(([, value]) => value !== '')
        .map(([name, value]) => (
          <div key={name} className={styles.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
};

const getStyles = (theme: GrafanaTheme2) => ({
  facts: css({ margin: 0, fontSize: theme.typography.bodySmall.fontSize }),
  fact: css({
    display: 'grid',
    gridTemplateColumns: 'minmax(120px, 1fr) 3fr',
    gap: theme.spacing(1),
    padding: theme.spacing(0.25, 0),
    dt: { overflowWrap: 'anywhere', fontWeight: theme.typography.fontWeightRegular },
    dd: { margin: 0, overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' },
  }),
});

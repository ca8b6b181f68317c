import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import { TraceBar } from '../../../charts/TraceBar';
import { formatMs } from '../../../shared/format';
import { t } from '../../../shared/t';
import { SpanDetails } from './SpanDetails';
import type { PlacedSpan } from './traceTree';

interface Props {
  readonly span: PlacedSpan;
  readonly isChosen: boolean;
  readonly isOpen: boolean;
  /** Length of the whole trace in milliseconds. */
  readonly totalMs: number;
  readonly color: string;
  readonly onToggle: () => void;
}

const INDENT = 14;
/** Deeper spans are not indented further: their names would leave the page. */
const DEEPEST = 10;

/** A span in the table of its trace, and below it, when it is open, what it was sent with. */
export const SpanRows = ({ span, isChosen, isOpen, totalMs, color, onToggle }: Props) => {
  const styles = useStyles2(getStyles);
  return (
    <>
      <tr className={cx(isChosen && styles.chosen)}>
        <th scope="row" style={{ paddingLeft: Math.min(span.depth, DEEPEST) * INDENT }}>
          <button type="button" className={styles.toggle} aria-expanded={isOpen} onClick={onToggle}>
            <Icon name={isOpen ? 'angle-down' : 'angle-right'} />
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
          <TraceBar {...span} totalMs={totalMs} color={color} />
        </td>
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={4} className={styles.details}>
            <SpanDetails span={span} />
          </td>
        </tr>
      )}
    </>
  );
};

const getStyles = (theme: GrafanaTheme2) => ({
  chosen: css({ background: theme.colors.action.selected }),
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

import { useStyles2 } from '@grafana/ui';
import { numberOf, type Row, textOf, timeOf } from '../queries/rowsOf';
import { formatTime, UNKNOWN } from '../shared/format';
import { StatusBadge } from '../shared/StatusBadge';
import { t } from '../shared/t';
import { tableStyles } from '../shared/tableStyles';
import { alertStateText, alertTone } from './alertStateText';

interface Props {
  /** Of `alertEvents` or any query on v_alert_events; columns that are not there are shown as unknown. */
  readonly rows: readonly Row[];
  readonly showEvidence: boolean;
}

const timeText = (row: Row, column: string): string => {
  const ms = timeOf(row, column) ?? numberOf(row, column);
  return formatTime(ms);
};

/** State changes of alerts, as the query orders them. */
export const AlertEventTable = ({ rows, showEvidence }: Props) => {
  const styles = useStyles2(tableStyles);
  const caption = t('alerts.events.caption', 'State changes of alerts');
  return (
    <div className={styles.scroll} role="region" aria-label={caption} tabIndex={0}>
      <table className={styles.table} data-testid="alert-events">
        <caption className={styles.caption}>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('alerts.events.time', 'Time')}</th>
            <th scope="col">{t('alerts.events.state', 'State')}</th>
            <th scope="col">{t('alerts.events.rule', 'Rule')}</th>
            <th scope="col">{t('alerts.events.model', 'Model')}</th>
            <th scope="col">{t('alerts.events.environment', 'Environment')}</th>
            {showEvidence && <th scope="col">{t('alerts.events.evidence', 'Evidence')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              <td>{timeText(row, 'time')}</td>
              <td>
                <StatusBadge
                  status={alertStateText(textOf(row, 'state'))}
                  tone={alertTone(textOf(row, 'state'))}
                />
              </td>
              <th scope="row">{textOf(row, 'rule') || UNKNOWN}</th>
              <td>{textOf(row, 'model') || UNKNOWN}</td>
              <td>{textOf(row, 'environment') || UNKNOWN}</td>
              {showEvidence && <td>{textOf(row, 'evidence') || UNKNOWN}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

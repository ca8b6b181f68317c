import { TextLink, useStyles2 } from '@grafana/ui';
import { alertStateText, alertTone } from '../../alerting/alertStateText';
import { grafanaAlerting } from '../../alerting/callGrafana';
import { labelsText } from '../../alerting/labelsText';
import { RULE_STATES, type RuleState } from '../../alerting/ruleStates';
import { useGrafana } from '../../alerting/useGrafana';
import { formatAgo, formatCount } from '../../shared/format';
import { pageUrl } from '../../shared/links';
import { StatusBadge } from '../../shared/StatusBadge';
import { t } from '../../shared/t';
import { tableStyles } from '../../shared/tableStyles';
import { EmptyData } from '../../states/EmptyData';
import { FailedState } from '../../states/FailedState';
import { LoadingState } from '../../states/LoadingState';
import { TooMuchData } from '../../states/TooMuchData';
import type { AlertsPanelOptions } from './alertsPanelOptions';

const isActive = ({ state }: RuleState): boolean => ['firing', 'error', 'pending'].includes(state);

const worstFirst = (a: RuleState, b: RuleState): number =>
  RULE_STATES.indexOf(a.state) - RULE_STATES.indexOf(b.state) || a.title.localeCompare(b.title);

/** The rules of the app, worst first. */
export const RuleRows = ({ options }: { readonly options: AlertsPanelOptions }) => {
  const styles = useStyles2(tableStyles);
  const { answer, refresh } = useGrafana(grafanaAlerting.listRules);
  if (answer.state === 'loading') return <LoadingState />;
  if (answer.state === 'failed')
    return <FailedState message={answer.problem.message} onRetry={refresh} />;
  const { onlyActive, limit } = options;
  const rules = answer.data.filter((rule) => !onlyActive || isActive(rule)).toSorted(worstFirst);
  if (rules.length === 0)
    return (
      <EmptyData
        title={
          onlyActive
            ? t('panels.alerts.calm', 'Nothing fires')
            : t('panels.alerts.noRules', 'No alert rules of this app')
        }
      />
    );
  return (
    <>
      {rules.length > limit && <TooMuchData shown={limit} total={rules.length} />}
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('panels.alerts.state', 'State')}</th>
            <th scope="col">{t('panels.alerts.rule', 'Rule')}</th>
            <th scope="col">{t('panels.alerts.firing', 'Alerts')}</th>
            <th scope="col">{t('panels.alerts.evaluated', 'Evaluated')}</th>
          </tr>
        </thead>
        <tbody>
          {rules.slice(0, limit).map(({ uid, title, state, alerts, lastEvaluationMs }) => (
            <tr key={uid}>
              <td>
                <StatusBadge status={alertStateText(state)} tone={alertTone(state)} />
              </td>
              <th scope="row">
                <TextLink href={pageUrl('alerts', { search: title })} inline={false}>
                  {title}
                </TextLink>
              </th>
              <td>
                {formatCount(alerts.length)}{' '}
                {alerts
                  .slice(0, 1)
                  .map(({ labels }) => labelsText(labels))
                  .join('')}
              </td>
              <td>{formatAgo(lastEvaluationMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
};

import { TextLink, useStyles2 } from '@grafana/ui';
import { alertStateText, alertTone } from '../../alerting/alertStateText';
import { labelsText } from '../../alerting/labelsText';
import type { RuleState } from '../../alerting/ruleStates';
import { formatAgo, formatCount, UNKNOWN } from '../../shared/format';
import { StatusBadge } from '../../shared/StatusBadge';
import { ReadableBadge } from '../../shared/ReadableBadge';
import { t } from '../../shared/t';
import { tableStyles } from '../../shared/tableStyles';
import { RuleActions } from './RuleActions';
import { templateText } from './templateTexts';

interface Props {
  readonly rule: RuleState;
  readonly onChanged: () => void;
  readonly onFailed: (message: string) => void;
}

/** More alerts of one rule are only counted here; Grafana's page of the rule has them all. */
const SHOWN_ALERTS = 3;

export const grafanaRuleUrl = (uid: string): string =>
  `/alerting/grafana/${encodeURIComponent(uid)}/view`;

const Alerts = ({ rule: { alerts } }: Pick<Props, 'rule'>) => {
  const more = alerts.length - SHOWN_ALERTS;
  if (alerts.length === 0) return UNKNOWN;
  return (
    <>
      {alerts.slice(0, SHOWN_ALERTS).map(({ labels, state, sinceMs }) => (
        <div key={`${state} ${labelsText(labels)}`}>
          {labelsText(labels)}
          {sinceMs !== null && ` (${formatAgo(sinceMs)})`}
        </div>
      ))}
      {more > 0 && t('alerts.list.more', 'and {{count}} more', { count: formatCount(more) })}
    </>
  );
};

/** One rule. */
export const RuleRow = ({ rule, onChanged, onFailed }: Props) => {
  const styles = useStyles2(tableStyles);
  const name = templateText(rule.template).title;
  return (
    <tr data-testid="rule-row">
      <td>
        <StatusBadge status={alertStateText(rule.state)} tone={alertTone(rule.state)} />
      </td>
      <th scope="row">
        <TextLink href={grafanaRuleUrl(rule.uid)} inline={false}>
          {rule.title}
        </TextLink>
        {name !== rule.title && name !== rule.template && (
          <div className={styles.quiet}>{name}</div>
        )}
        {rule.provenance !== '' && (
          <ReadableBadge
            color="purple"
            text={t('alerts.list.provisioned', 'Provisioned')}
            tooltip={t(
              'alerts.list.provisionedHelp',
              'It comes from a file or from outside, and is changed there.',
            )}
          />
        )}
      </th>
      <td>{rule.lastError === '' ? <Alerts rule={rule} /> : rule.lastError}</td>
      <td>{rule.folder.title || UNKNOWN}</td>
      <td>{rule.contactPoint || t('alerts.list.policy', 'By notification policy')}</td>
      <td>{formatAgo(rule.lastEvaluationMs)}</td>
      <td>
        <RuleActions rule={rule} onChanged={onChanged} onFailed={onFailed} />
      </td>
    </tr>
  );
};

import { FilterInput, FilterPill, Stack, useStyles2 } from '@grafana/ui';
import { useState } from 'react';
import { alertStateText } from '../../alerting/alertStateText';
import type { RuleState } from '../../alerting/ruleStates';
import { formatCount } from '../../shared/format';
import { t } from '../../shared/t';
import { tableStyles } from '../../shared/tableStyles';
import { useUrlState } from '../../shared/useUrlState';
import { EmptyData } from '../../states/EmptyData';
import { FailedState } from '../../states/FailedState';
import { RuleRow } from './RuleRow';
import { RULES_DEFAULTS, selectRules, statesOf } from './rulesView';

interface Props {
  readonly rules: readonly RuleState[];
  readonly onChanged: () => void;
}

/** The rules as a table, with search and a filter by state. */
export const RuleList = ({ rules, onChanged }: Props) => {
  const styles = useStyles2(tableStyles);
  const [state, setState] = useUrlState(RULES_DEFAULTS);
  const [failure, setFailure] = useState('');
  const shown = selectRules(rules, state);
  const caption = t('alerts.list.caption', 'Alert rules');
  return (
    <Stack direction="column" gap={2}>
      <Stack wrap="wrap" gap={1} alignItems="center">
        <FilterInput
          width={40}
          value={state.search}
          aria-label={t('alerts.list.search', 'Search rules, models, folders')}
          placeholder={t('alerts.list.search', 'Search rules, models, folders')}
          onChange={(search) => {
            setState({ search });
          }}
        />
        {statesOf(rules).map(({ state: name, count }) => (
          <FilterPill
            key={name}
            label={`${alertStateText(name)}: ${formatCount(count)}`}
            selected={state.state === name}
            onClick={() => {
              setState({ state: state.state === name ? '' : name });
            }}
          />
        ))}
      </Stack>
      {failure !== '' && (
        <FailedState title={t('alerts.list.notChanged', 'Not changed')} message={failure} />
      )}
      {shown.length === 0 ? (
        <EmptyData title={t('alerts.list.noMatch', 'No rule fits the search and the filter')} />
      ) : (
        <div className={styles.scroll} role="region" aria-label={caption} tabIndex={0}>
          <table className={styles.table}>
            <caption className={styles.caption}>{caption}</caption>
            <thead>
              <tr>
                <th scope="col">{t('alerts.list.state', 'State')}</th>
                <th scope="col">{t('alerts.list.rule', 'Rule')}</th>
                <th scope="col">{t('alerts.list.alerts', 'Alerts now')}</th>
                <th scope="col">{t('alerts.list.folder', 'Folder')}</th>
                <th scope="col">{t('alerts.list.contact', 'Contact point')}</th>
                <th scope="col">{t('alerts.list.evaluated', 'Evaluated')}</th>
                <th scope="col">{t('alerts.list.actions', 'Actions')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((rule) => (
                <RuleRow key={rule.uid} rule={rule} onChanged={onChanged} onFailed={setFailure} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Stack>
  );
};

import { PluginPage } from '@grafana/runtime';
import { LinkButton, Stack } from '@grafana/ui';
import { grafanaAlerting } from '../../alerting/callGrafana';
import { useGrafana } from '../../alerting/useGrafana';
import { DataSourceSelect } from '../../shared/DataSourceSelect';
import { pageUrl } from '../../shared/links';
import { canCreateRules, canManageAlerts } from '../../shared/permissions';
import { t } from '../../shared/t';
import { EmptyData } from '../../states/EmptyData';
import { FailedState } from '../../states/FailedState';
import { LoadingState } from '../../states/LoadingState';
import { RecentEvents } from './RecentEvents';
import { RuleList } from './RuleList';

const NewRuleButton = () =>
  canManageAlerts() && canCreateRules() ? (
    <LinkButton icon="plus" href={pageUrl('alerts', {}, 'new')}>
      {t('alerts.list.new', 'New alert rule')}
    </LinkButton>
  ) : null;

const Rules = () => {
  const { answer, refresh } = useGrafana(grafanaAlerting.listRules);
  if (answer.state === 'loading') return <LoadingState height={240} />;
  if (answer.state === 'failed')
    return (
      <FailedState
        title={t('alerts.list.failed', 'Grafana did not tell its alert rules')}
        message={answer.problem.message}
        onRetry={refresh}
      />
    );
  if (answer.data.length === 0)
    return (
      <EmptyData
        title={t('alerts.list.empty', 'No alert rules of this app yet')}
        action={<NewRuleButton />}
      >
        {t(
          'alerts.list.emptyText',
          'A rule is made from a template: you see at once what it measures now and when it would have fired.',
        )}
      </EmptyData>
    );
  return <RuleList rules={answer.data} onChanged={refresh} />;
};

/** The rules of this app with their states, and what alerts did lately. */
export const RulesPage = () => (
  <PluginPage
    subTitle={t('alerts.list.subTitle', 'Rules of this app, as Grafana evaluates them')}
    actions={
      <Stack gap={1} wrap="wrap">
        <DataSourceSelect />
        <LinkButton variant="secondary" href="/alerting/list" icon="bell">
          {t('alerts.list.grafana', 'All rules in Grafana')}
        </LinkButton>
        <NewRuleButton />
      </Stack>
    }
  >
    <Stack direction="column" gap={4}>
      <Rules />
      <RecentEvents />
    </Stack>
  </PluginPage>
);

import { PluginPage } from '@grafana/runtime';
import { Alert, LinkButton, Stack } from '@grafana/ui';
import { useCallback, useState } from 'react';
import { grafanaAlerting } from '../../alerting/callGrafana';
import type { GrafanaRule } from '../../alerting/grafanaRule';
import { formOf, isChangedOutside, type RuleForm } from '../../alerting/ruleForm';
import { useGrafana } from '../../alerting/useGrafana';
import { useDataSource } from '../../shared/DataSourceContext';
import { canChangeRules, canManageAlerts } from '../../shared/permissions';
import { t } from '../../shared/t';
import { useUrlState } from '../../shared/useUrlState';
import { EmptyData } from '../../states/EmptyData';
import { FailedState } from '../../states/FailedState';
import { LoadingState } from '../../states/LoadingState';
import { NoPermission } from '../../states/NoPermission';
import { RuleFormView } from './RuleFormView';
import { grafanaRuleUrl } from './RuleRow';
import { useSaveRule } from './useSaveRule';

const DEFAULTS = { uid: '' };

const EditRule = ({ rule, opened }: { readonly rule: GrafanaRule; readonly opened: RuleForm }) => {
  const source = useDataSource();
  // The rule stays on the data source that it reads, whatever this page shows.
  const datasourceUid = rule.data[0]?.datasourceUid ?? source.uid;
  const [form, setForm] = useState(opened);
  const { save, saving, failure } = useSaveRule(datasourceUid, rule);
  return (
    <Stack direction="column" gap={2}>
      {isChangedOutside(rule, opened) && (
        <Alert
          severity="warning"
          title={t('alerts.edit.changed', 'The query of this rule is another one')}
        >
          {t(
            'alerts.edit.changedText',
            'It was changed in Grafana, or Plumbline has a newer template. Saving this form replaces it.',
          )}
        </Alert>
      )}
      <RuleFormView
        form={form}
        isNew={false}
        saving={saving}
        failure={failure}
        onChange={setForm}
        onSave={() => save(form)}
      />
    </Stack>
  );
};

const Loaded = ({ uid }: { readonly uid: string }) => {
  const read = useCallback(() => grafanaAlerting.readRule(uid), [uid]);
  const { answer, refresh } = useGrafana(read);
  if (answer.state === 'loading') return <LoadingState height={320} />;
  if (answer.state === 'failed')
    return <FailedState message={answer.problem.message} onRetry={refresh} />;
  const form = formOf(answer.data);
  if (form === undefined || (answer.data.provenance ?? '') !== '')
    return (
      <EmptyData
        title={t('alerts.edit.notOurs', 'This rule was not made with this form')}
        action={
          <LinkButton href={grafanaRuleUrl(uid)}>
            {t('alerts.edit.openGrafana', 'Open it in Grafana')}
          </LinkButton>
        }
      />
    );
  return <EditRule key={answer.data.uid} rule={answer.data} opened={form} />;
};

/** The form of a rule that this app made. */
export const EditRulePage = () => {
  const [{ uid }] = useUrlState(DEFAULTS);
  return (
    <PluginPage pageNav={{ text: t('alerts.edit.title', 'Edit alert rule') }}>
      {canManageAlerts() && canChangeRules() ? (
        <Loaded key={uid} uid={uid} />
      ) : (
        <NoPermission action={t('alerts.edit.action', 'change alert rules')} />
      )}
    </PluginPage>
  );
};

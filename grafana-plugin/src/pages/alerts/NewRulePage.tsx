import { PluginPage } from '@grafana/runtime';
import { useState } from 'react';
import { useDataSource } from '../../shared/DataSourceContext';
import { canCreateRules, canManageAlerts } from '../../shared/permissions';
import { t } from '../../shared/t';
import { useUrlState } from '../../shared/useUrlState';
import { NoPermission } from '../../states/NoPermission';
import type { RuleForm } from '../../alerting/ruleForm';
import { ADDRESS_DEFAULTS, addressOf, formIn } from './formAddress';
import { RuleFormView } from './RuleFormView';
import { templateText } from './templateTexts';
import { useSaveRule } from './useSaveRule';

const titleOf = (template: string): string => templateText(template).title;

const NewRule = () => {
  const { uid } = useDataSource();
  const [address, setAddress] = useUrlState(ADDRESS_DEFAULTS);
  const [form, setForm] = useState<RuleForm>(() => formIn(address, titleOf));
  const { save, saving, failure } = useSaveRule(uid);
  const change = (next: RuleForm) => {
    setForm(next);
    setAddress(addressOf(next));
  };
  return (
    <RuleFormView
      form={form}
      isNew
      saving={saving}
      failure={failure}
      onChange={change}
      onSave={() => save(form)}
    />
  );
};

/** A new rule from a template. */
export const NewRulePage = () => (
  <PluginPage
    pageNav={{ text: t('alerts.new.title', 'New alert rule') }}
    subTitle={t('alerts.new.subTitle', 'From a template; it can be changed in Grafana afterwards')}
  >
    {canManageAlerts() && canCreateRules() ? (
      <NewRule />
    ) : (
      <NoPermission action={t('alerts.new.action', 'create alert rules')} />
    )}
  </PluginPage>
);

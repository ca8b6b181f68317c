import { AppEvents } from '@grafana/data';
import { getAppEvents, locationService } from '@grafana/runtime';
import { useState } from 'react';
import { grafanaAlerting } from '../../alerting/callGrafana';
import type { GrafanaOutcome } from '../../alerting/grafanaAlerting';
import type { GrafanaRule } from '../../alerting/grafanaRule';
import { newUid, type RuleForm, ruleOf } from '../../alerting/ruleForm';
import { pageUrl } from '../../shared/links';
import { t } from '../../shared/t';

const folderUidOf = async ({ folder }: RuleForm): Promise<GrafanaOutcome<string>> => {
  if (folder === undefined) return { state: 'done', data: '' };
  if ('uid' in folder) return { state: 'done', data: folder.uid };
  const made = await grafanaAlerting.createFolder(folder.title);
  return made.state === 'done' ? { state: 'done', data: made.data.uid } : made;
};

const saveRule = async (
  form: RuleForm,
  datasourceUid: string,
  before: GrafanaRule | undefined,
): Promise<GrafanaOutcome<unknown>> => {
  const folder = await folderUidOf(form);
  if (folder.state === 'failed') return folder;
  const uid = before?.uid ?? newUid(form.template.id, crypto.getRandomValues(new Uint8Array(3)));
  const rule = ruleOf(form, { uid, folderUid: folder.data, datasourceUid }, before);
  return before === undefined
    ? grafanaAlerting.createRule(rule, form.template.everySeconds)
    : grafanaAlerting.updateRule(rule);
};

/** Saves a form and goes back to the list; what Grafana says against it stays beside the form. */
export const useSaveRule = (datasourceUid: string, before?: GrafanaRule) => {
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState('');
  const save = async (form: RuleForm) => {
    setSaving(true);
    const outcome = await saveRule(form, datasourceUid, before);
    setSaving(false);
    if (outcome.state === 'failed') {
      setFailure(outcome.problem.message);
      return;
    }
    getAppEvents().publish({
      type: AppEvents.alertSuccess.name,
      payload: [t('alerts.form.saved', 'Saved: {{title}}', { title: form.title })],
    });
    locationService.push(pageUrl('alerts'));
  };
  return { save, saving, failure };
};

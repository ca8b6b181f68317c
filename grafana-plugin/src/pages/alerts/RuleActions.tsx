import { ConfirmModal, IconButton, Stack } from '@grafana/ui';
import { locationService } from '@grafana/runtime';
import { useState } from 'react';
import { grafanaAlerting } from '../../alerting/callGrafana';
import type { GrafanaOutcome } from '../../alerting/grafanaAlerting';
import type { RuleState } from '../../alerting/ruleStates';
import { pageUrl } from '../../shared/links';
import { canChangeRules, canDeleteRules, canManageAlerts } from '../../shared/permissions';
import { t } from '../../shared/t';

interface Props {
  readonly rule: RuleState;
  readonly onChanged: () => void;
  readonly onFailed: (message: string) => void;
}

/** What the user may do with a rule; nothing for those that are provisioned and for who may not. */
export const RuleActions = ({ rule, onChanged, onFailed }: Props) => {
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const { uid, title, isPaused, provenance, hasForm } = rule;
  if (provenance !== '' || !canManageAlerts()) return null;
  const run = async (action: () => Promise<GrafanaOutcome<unknown>>) => {
    setBusy(true);
    const outcome = await action();
    setBusy(false);
    onFailed(outcome.state === 'failed' ? `${title}: ${outcome.problem.message}` : '');
    onChanged();
  };
  const pause = isPaused
    ? t('alerts.action.resume', 'Resume {{title}}', { title })
    : t('alerts.action.pause', 'Pause {{title}}', { title });
  return (
    <Stack gap={1}>
      {canChangeRules() && hasForm && (
        <IconButton
          name="pen"
          tooltip={t('alerts.action.edit', 'Edit {{title}}', { title })}
          onClick={() => {
            locationService.push(pageUrl('alerts', { uid }, 'edit'));
          }}
        />
      )}
      {canChangeRules() && (
        <IconButton
          name={isPaused ? 'play' : 'pause'}
          tooltip={pause}
          disabled={busy}
          onClick={() => run(() => grafanaAlerting.setPaused(uid, !isPaused))}
        />
      )}
      {canDeleteRules() && (
        <IconButton
          name="trash-alt"
          tooltip={t('alerts.action.delete', 'Delete {{title}}', { title })}
          disabled={busy}
          onClick={() => {
            setAsking(true);
          }}
        />
      )}
      <ConfirmModal
        isOpen={asking}
        title={t('alerts.delete.title', 'Delete this alert rule?')}
        body={t('alerts.delete.text', '{{title}} stops at once, and its alerts are resolved.', {
          title,
        })}
        confirmText={t('alerts.delete.confirm', 'Delete')}
        dismissText={t('alerts.delete.cancel', 'Keep it')}
        onDismiss={() => {
          setAsking(false);
        }}
        onConfirm={() => {
          setAsking(false);
          void run(() => grafanaAlerting.deleteRule(uid));
        }}
      />
    </Stack>
  );
};

import { buildRule, RULE_TEMPLATES, type RuleTemplate } from '@plumbline/schemas/rules';
import { ALERT_FOLDER, CONTACT_POINT, DATA_SOURCE_UID, MUTE_TIMING, ORGANISATION } from './names';
import { yamlFile } from './yamlFile';

const duration = (seconds: number): string =>
  seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;

/** On the rule itself, so that nobody's policy tree is replaced. Alerts of one model and rule come as one message. */
const notifications = ({ identity, urgency }: RuleTemplate) => ({
  receiver: CONTACT_POINT,
  group_by: [
    'grafana_folder',
    'alertname',
    ...identity.filter((name) => name !== 'feature'),
  ],
  group_wait: '30s',
  group_interval: '5m',
  repeat_interval: urgency === 'page' ? '12h' : '72h',
  ...(urgency === 'page' ? {} : { mute_time_intervals: [MUTE_TIMING] }),
});

/** A group for each rule: what is edited or slow in one does not touch the others. */
const groupOf = (template: RuleTemplate, runbooks: string | undefined) => {
  const rule = buildRule(template, {
    datasourceUid: DATA_SOURCE_UID,
    ...(runbooks === undefined ? {} : { runbooks }),
  });
  return {
    orgId: ORGANISATION,
    name: rule.uid,
    folder: ALERT_FOLDER,
    interval: duration(template.everySeconds),
    rules: [
      {
        ...rule,
        keepFiringFor: template.keepFiringFor,
        isPaused: false,
        notification_settings: notifications(template),
      },
    ],
  };
};

/** @param runbooks URL under which docs/runbooks is published; without it rules name the file only */
export const ruleFile = (runbooks?: string): string =>
  yamlFile(
    'A rule that is taken out of this file stays in Grafana until it is listed under deleteRules.',
    { apiVersion: 1, groups: RULE_TEMPLATES.map((template) => groupOf(template, runbooks)) },
  );

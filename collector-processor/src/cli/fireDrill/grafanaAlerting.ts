import { buildRule } from '@plumbline/schemas/rules';
import { messageOf } from '../../core/errors';
import type { DrillAlerting } from './drillAlerting';
import { DRILL_SCOPE, DRILL_TEMPLATE } from './drillRule';
import { type CallGrafana, GrafanaRefusal } from './grafanaApi';

export interface GrafanaDrill {
  /** Of the ClickHouse data source in that Grafana. */
  readonly datasourceUid: string;
  readonly webhookUrl: string;
  /** For people. */
  readonly grafanaUrl: string;
}

/** Always the same, so that a drill removes what one that was killed left behind. */
const NAME = 'plumbline-fire-drill';
const TITLE = 'Plumbline fire drill';
const PROVISIONING = '/api/v1/provisioning';
const GROUP = `${PROVISIONING}/folder/${NAME}/rule-groups/${NAME}`;
const STATES = `/api/prometheus/grafana/api/v1/rules?folder_uid=${NAME}`;
/** Grafana's scheduler has no shorter one. */
const EVERY_S = 10;

interface States {
  readonly data: {
    readonly groups: readonly {
      readonly rules: readonly {
        readonly uid?: string;
        readonly name: string;
        readonly state?: string;
        readonly lastError?: string;
      }[];
    }[];
  };
}

const contactPoint = (url: string) => ({
  ...{ uid: NAME, name: NAME, type: 'webhook', disableResolveMessage: true },
  settings: { url, httpMethod: 'POST' },
});

/** As everybody has it, but at once: every ten seconds, and no waiting for more alerts of its group. */
const ruleOf = (datasourceUid: string) => ({
  ...buildRule(DRILL_TEMPLATE, { datasourceUid, uid: NAME, scope: DRILL_SCOPE }),
  ...{ title: `${TITLE}: ${DRILL_TEMPLATE.title}`, folderUID: NAME, ruleGroup: NAME },
  isPaused: false,
  notification_settings: {
    receiver: NAME,
    group_by: ['grafana_folder', 'alertname'],
    ...{ group_wait: '0s', group_interval: '10s', repeat_interval: '4h' },
  },
});

/** A contact point in use cannot be removed, nor a folder with rules: so the rule goes first. Resolves to what stays. */
async function removeAll(call: CallGrafana): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const path of [
    `${PROVISIONING}/alert-rules/${NAME}`,
    `${PROVISIONING}/contact-points/${NAME}`,
    `/api/folders/${NAME}?forceDeleteRules=true`,
  ]) {
    try {
      await call('DELETE', path);
    } catch (error) {
      const isGone = error instanceof GrafanaRefusal && error.status === 404;
      if (!isGone) problems.push(messageOf(error));
    }
  }
  return problems;
}

async function putInPlace(call: CallGrafana, drill: GrafanaDrill): Promise<void> {
  await call('POST', '/api/folders', { uid: NAME, title: TITLE });
  await call('POST', `${PROVISIONING}/contact-points`, contactPoint(drill.webhookUrl));
  await call('POST', `${PROVISIONING}/alert-rules`, ruleOf(drill.datasourceUid));
  // A new group is evaluated once a minute, and takes another interval only as a whole.
  const group = await call<object>('GET', GROUP);
  await call('PUT', GROUP, { ...group, interval: EVERY_S });
}

/**
 * A folder of the drill with its rule and its contact point in somebody's Grafana, which then evaluates and notifies as it does
 * for any rule. Rejects, with nothing left behind, when Grafana refuses one of them.
 */
export async function openGrafanaAlerting(
  call: CallGrafana,
  drill: GrafanaDrill,
): Promise<DrillAlerting> {
  await removeAll(call);
  try {
    await putInPlace(call, drill);
  } catch (error) {
    await removeAll(call);
    throw error;
  }
  let lastError: string | undefined;
  return {
    async fires() {
      const { data } = await call<States>('GET', STATES);
      const rule = data.groups.flatMap(({ rules }) => rules).find(({ uid }) => uid === NAME);
      lastError = rule?.lastError === '' ? undefined : rule?.lastError;
      return rule?.state === 'firing' ? `"${rule.name}" fires in ${drill.grafanaUrl}` : undefined;
    },
    notify: () => Promise.resolve(),
    complaint: () => lastError,
    close: () => removeAll(call),
  };
}

import { z } from 'zod';
import { stableId } from '../stableId';

const LAST_MS = Date.UTC(2100, 0, 1);
/** What Grafana writes as `endsAt` while an alert fires. */
const NO_TIME = '0001-01-01T00:00:00Z';

const texts = z.record(z.string(), z.string());
const time = z.iso.datetime({ offset: true });
const startTime = time.refine((text) => {
  const told = Date.parse(text);
  return told >= 0 && told < LAST_MS;
}, 'must be between 1970 and 2100');

/** One alert of a webhook, as Grafana 12 sends it; fields that are not named here come and go and are not kept. */
export const webhookAlert = z.looseObject({
  status: z.enum(['firing', 'resolved']),
  labels: texts,
  annotations: texts.default({}),
  startsAt: startTime,
  endsAt: time.default(NO_TIME),
  fingerprint: z.string().max(128).default(''),
  generatorURL: z.string().max(4096).default(''),
  ruleUID: z.string().max(128).default(''),
  values: z.record(z.string(), z.number().nullable()).nullish(),
});
export type WebhookAlert = z.output<typeof webhookAlert>;

/** Labels that say what a rule is about, not what happened. */
const nameOf = ({ labels }: WebhookAlert): string => labels.rulename ?? labels.alertname ?? '';

/** Grafana has no label for it; older versions tell it only in the address of the rule. */
const uidOf = ({ ruleUID, generatorURL, labels }: WebhookAlert): string =>
  ruleUID ||
  (/\/alerting\/grafana\/([^/?#]+)/.exec(generatorURL)?.[1] ?? labels.__alert_rule_uid__ ?? '');

const DATASOURCE_STATES: Readonly<Record<string, string>> = {
  DatasourceNoData: 'no_data',
  DatasourceError: 'error',
};

const stateOf = ({ status, labels }: WebhookAlert): string =>
  status === 'resolved' ? 'resolved' : (DATASOURCE_STATES[labels.alertname ?? ''] ?? 'firing');

/** The end of an alert; undefined while there is none. */
const endOf = (alert: WebhookAlert): number | undefined => {
  const told = Date.parse(alert.endsAt);
  return alert.status === 'resolved' && told > 0 && told < LAST_MS ? told : undefined;
};

/** A row of `ml_alert_events`. Told again, as Grafana does until somebody looks, it has the same key. */
export function alertEventRow(alert: WebhookAlert, tenant: string, receivedAtMs: number): object {
  const { labels, annotations, fingerprint, values, startsAt } = alert;
  const startsMs = Date.parse(startsAt);
  const endsMs = endOf(alert);
  const state = stateOf(alert);
  const timeMs = state === 'resolved' ? (endsMs ?? startsMs) : startsMs;
  const told = fingerprint || Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const iso = (ms: number): string => new Date(ms).toISOString();
  return {
    tenant,
    environment: labels.environment ?? '',
    model: labels.model ?? '',
    version: labels.version ?? '',
    time: iso(timeMs),
    event_id: stableId([uidOf(alert), nameOf(alert), told, startsMs, state]),
    rule_uid: uidOf(alert),
    rule: nameOf(alert),
    state,
    labels,
    evidence: JSON.stringify({ ...(values && { values }), annotations }),
    starts_at: iso(startsMs),
    ends_at: endsMs === undefined ? null : iso(endsMs),
    received_at: iso(receivedAtMs),
    row_version: receivedAtMs,
  };
}

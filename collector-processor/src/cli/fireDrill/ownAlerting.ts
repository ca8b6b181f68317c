import type { ClickHouseClient } from '@clickhouse/client';
import {
  FIRE_DRILL_TENANT,
  ruleQuery,
  ruleRangeSeconds,
  ruleThreshold,
} from '@plumbline/schemas/rules';
import { atTicks } from '../../api/alerts/atTicks';
import type { DrillAlerting } from './drillAlerting';
import { DRILL_TEMPLATE } from './drillRule';

/** `atTicks` restricts the query to the drill's tenant. */
const INPUT = { values: {}, scope: {} };

interface Instance {
  readonly tenant: string;
  readonly environment: string;
  readonly model: string;
  readonly value: number | null;
}

/** What Grafana 12.4 sends to a webhook for an instance that fires, as far as it is known without a Grafana. */
function notification({ environment, model, value }: Instance): object {
  const labels = {
    ...{ alertname: DRILL_TEMPLATE.title, tenant: FIRE_DRILL_TENANT, environment, model },
  };
  const alert = {
    ...{ status: 'firing', labels, annotations: { summary: `${model} drifts` } },
    ...{ startsAt: new Date().toISOString(), endsAt: '0001-01-01T00:00:00Z' },
    ...{ values: { A: value, C: 1 }, ruleUID: `plumbline-${DRILL_TEMPLATE.id}` },
  };
  return {
    ...{ receiver: 'plumbline-fire-drill', status: 'firing', state: 'alerting', alerts: [alert] },
    ...{ groupLabels: labels, commonLabels: labels, commonAnnotations: alert.annotations },
    ...{ version: '1', truncatedAlerts: 0, orgId: 1, title: alert.annotations.summary },
  };
}

/** The drill in Grafana's place: asks the very query of the rule, and calls the webhook once it is beyond the threshold. */
export function createOwnAlerting(client: ClickHouseClient, webhookUrl: string): DrillAlerting {
  const sql = ruleQuery(DRILL_TEMPLATE, INPUT);
  const rangeSeconds = ruleRangeSeconds(DRILL_TEMPLATE, INPUT);
  const { type, value: threshold } = ruleThreshold(DRILL_TEMPLATE, INPUT);
  let firing: Instance | undefined;
  return {
    async fires() {
      const now = Math.floor(Date.now() / 1000) * 1000;
      const tick = { fromMs: now, toMs: now, stepMs: 1000, tenant: FIRE_DRILL_TENANT };
      const query = atTicks(sql, rangeSeconds, tick);
      const answer = await client.query({ query, format: 'JSONEachRow' });
      const [row] = await answer.json<Instance>();
      if (row === undefined || row.value === null) return undefined;
      if (!(type === 'gt' ? row.value > threshold : row.value < threshold)) return undefined;
      firing = row;
      return `"${DRILL_TEMPLATE.title}" fires for ${row.model}`;
    },
    async notify() {
      if (firing === undefined) return;
      await fetch(webhookUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(notification(firing)),
      });
    },
    complaint: () => undefined,
    close: () => Promise.resolve([]),
  };
}

import { setTimeout as delay } from 'node:timers/promises';
import type { ClickHouseClient } from '@clickhouse/client';
import {
  FIRE_DRILL_TENANT,
  RULE_TEMPLATES,
  ruleQuery,
  ruleRangeSeconds,
  ruleThreshold,
} from '@plumbline/schemas/rules';
import { atTicks } from '../../api/alerts/atTicks';
import { DRILL_MODEL } from './drillRows';

/** What a leg waited for, with how long; undefined evidence: it did not come in time. */
export interface Leg {
  readonly tookMs: number;
  readonly evidence?: string;
}

const LOOK_EVERY_MS = 250;
const RULE = RULE_TEMPLATES.find(({ id }) => id === 'model-drift')!;
/** `atTicks` restricts the query to the drill's tenant. */
const INPUT = { values: {}, scope: {} };

async function wait(
  look: () => Promise<string | undefined>,
  { fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number },
): Promise<Leg> {
  for (;;) {
    const evidence = await look();
    const nowMs = Date.now();
    if (evidence !== undefined) return { tookMs: nowMs - fromMs, evidence };
    if (nowMs > untilMs) return { tookMs: nowMs - fromMs };
    await delay(LOOK_EVERY_MS);
  }
}

async function read<Row>(client: ClickHouseClient, query: string): Promise<Row | undefined> {
  const answer = await client.query({ query, format: 'JSONEachRow' });
  const [row] = await answer.json<Row>();
  return row;
}

interface Page {
  readonly feature: string;
  readonly status: string;
  readonly direction: string;
  readonly n: number;
}

/** Until the monitor pages for the gross hour. */
export const signalLeg = (
  client: ClickHouseClient,
  grossMs: number,
  times: { readonly fromMs: number; readonly untilMs: number },
): Promise<Leg> =>
  wait(async () => {
    const page = await read<Page>(
      client,
      `SELECT feature, status, direction, toFloat64(n) AS n FROM v_drift
WHERE tenant = '${FIRE_DRILL_TENANT}' AND model = '${DRILL_MODEL}' AND page = 1 AND segment = ''
  AND time = fromUnixTimestamp64Milli(toInt64(${grossMs}))
ORDER BY startsWith(feature, '@'), abs(score) DESC NULLS LAST LIMIT 1`,
    );
    return page && `${page.feature}: ${page.direction}, n ${page.n}, ${page.status}`;
  }, times);

/** Until the query of the rule, asked for the drill's tenant as Grafana would, is beyond the rule's threshold. */
export const ruleLeg = (
  client: ClickHouseClient,
  times: { readonly fromMs: number; readonly untilMs: number },
): Promise<Leg> => {
  const sql = ruleQuery(RULE, INPUT);
  const rangeSeconds = ruleRangeSeconds(RULE, INPUT);
  const { type, value: threshold } = ruleThreshold(RULE, INPUT);
  return wait(async () => {
    const now = Math.floor(Date.now() / 1000) * 1000;
    const tick = { fromMs: now, toMs: now, stepMs: 1000, tenant: FIRE_DRILL_TENANT };
    const row = await read<{ model: string; value: number | null }>(
      client,
      atTicks(sql, rangeSeconds, tick),
    );
    if (row === undefined || row.value === null) return undefined;
    const fires = type === 'gt' ? row.value > threshold : row.value < threshold;
    return fires ? `"${RULE.title}" fires for ${row.model}` : undefined;
  }, times);
};

import { setTimeout as delay } from 'node:timers/promises';
import type { ClickHouseClient } from '@clickhouse/client';
import { FIRE_DRILL_TENANT } from '@plumbline/schemas/rules';
import type { DrillAlerting } from './drillAlerting';
import { DRILL_MODEL } from './drillRows';
import type { DrillWebhook } from './drillWebhook';

/** What a leg waited for, with how long; undefined evidence: it did not come in time. */
export interface Leg {
  readonly tookMs: number;
  readonly evidence?: string;
}

/** When a leg began, and when it is given up, Unix milliseconds. */
export interface LegTimes {
  readonly fromMs: number;
  readonly untilMs: number;
}

const LOOK_EVERY_MS = 250;

async function wait(
  look: () => Promise<string | undefined>,
  { fromMs, untilMs }: LegTimes,
): Promise<Leg> {
  for (;;) {
    const evidence = await look();
    const nowMs = Date.now();
    if (evidence !== undefined) return { tookMs: nowMs - fromMs, evidence };
    if (nowMs > untilMs) return { tookMs: nowMs - fromMs };
    await delay(LOOK_EVERY_MS);
  }
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
  times: LegTimes,
): Promise<Leg> =>
  wait(async () => {
    const answer = await client.query({
      query: `SELECT feature, status, direction, toFloat64(n) AS n FROM v_drift
WHERE tenant = '${FIRE_DRILL_TENANT}' AND model = '${DRILL_MODEL}' AND page = 1 AND segment = ''
  AND time = fromUnixTimestamp64Milli(toInt64(${grossMs}))
ORDER BY startsWith(feature, '@'), abs(score) DESC NULLS LAST LIMIT 1`,
      format: 'JSONEachRow',
    });
    const [page] = await answer.json<Page>();
    return page && `${page.feature}: ${page.direction}, n ${page.n}, ${page.status}`;
  }, times);

/** Until the rule fires, by whoever evaluates it. */
export const ruleLeg = (alerting: DrillAlerting, times: LegTimes): Promise<Leg> =>
  wait(() => alerting.fires(), times);

/**
 * Until the webhook was called for the drill. Counted from the moment the rule was seen to fire, which may be later than the
 * call: then it took no time that could be told.
 */
export async function webhookLeg(webhook: DrillWebhook, times: LegTimes): Promise<Leg> {
  const { tookMs, evidence } = await wait(() => Promise.resolve(webhook.called()?.text), times);
  const called = webhook.called();
  if (evidence === undefined || called === undefined) return { tookMs };
  return { tookMs: Math.max(0, called.atMs - times.fromMs), evidence };
}

import { randomUUID } from 'node:crypto';
import type { ClickHouseClient } from '@clickhouse/client';
import { FIRE_DRILL_TENANT } from '@plumbline/schemas/rules';
import { createBaseline } from '../../monitor/baselines/createBaseline';
import { commandStatements } from '../commandStatements';
import type { DrillAlerting } from './drillAlerting';
import { type Leg, ruleLeg, signalLeg, webhookLeg } from './drillLegs';
import { type DrillReceiver, sendDrill } from './drillReceiver';
import {
  DRILL_ENVIRONMENT,
  DRILL_MODEL,
  DRILL_ROWS,
  DRILL_VERSION,
  drillTimes,
  grossRequest,
  referenceRequests,
} from './drillRows';
import type { DrillWebhook } from './drillWebhook';

const STATEMENT_TIMEOUT_MS = 60_000;

export interface DrillParts {
  readonly client: ClickHouseClient;
  readonly receiver: DrillReceiver;
  readonly alerting: DrillAlerting;
  readonly webhook: DrillWebhook;
  readonly out: (line: string) => void;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`.padStart(8);
const legLine = (name: string, leg: Leg, missing: string): string =>
  `${name.padEnd(9)}${seconds(leg.tookMs)}  ${leg.evidence ?? missing}`;

async function makeReference(client: ClickHouseClient, fromMs: number, toMs: number) {
  const report = await createBaseline(commandStatements(client, STATEMENT_TIMEOUT_MS), {
    ...{ tenant: FIRE_DRILL_TENANT, environment: DRILL_ENVIRONMENT },
    ...{ model: DRILL_MODEL, version: DRILL_VERSION, segment: '' },
    ...{ fromMs, toMs, source: 'range', freshBins: true },
  });
  if (report.status === 'refused')
    throw new Error(`the drill's reference was refused: ${report.reason}`);
}

/** Sends the reference and the gross hour; resolves to when the last of it was taken, and to the hour. */
async function send({ client, receiver, out }: DrillParts) {
  const run = randomUUID();
  const times = drillTimes(Date.now());
  const beganMs = Date.now();
  for (const request of referenceRequests(run, times)) await sendDrill(receiver, request);
  await makeReference(client, times.fromMs, times.grossMs);
  await sendDrill(receiver, grossRequest(run, times));
  const sentMs = Date.now();
  out(`sent     ${seconds(sentMs - beganMs)}  ${DRILL_ROWS} predictions to ${receiver.whose}`);
  return { sentMs, grossMs: times.grossMs };
}

/** Sends, waits and tells each leg as it ends; resolves to whether all that was drilled came within `withinMs`. */
export async function runFireDrill(parts: DrillParts, withinMs: number): Promise<boolean> {
  const { client, alerting, webhook, out } = parts;
  const { sentMs, grossMs } = await send(parts);
  const untilMs = sentMs + withinMs;
  const signal = await signalLeg(client, grossMs, { fromMs: sentMs, untilMs });
  out(legLine('signal', signal, 'NOT SEEN: does a processor with a monitor run on this store?'));
  if (signal.evidence === undefined) return false;
  const rule = await ruleLeg(alerting, { fromMs: Date.now(), untilMs });
  const complaint = alerting.complaint();
  out(legLine('rule', rule, `DOES NOT FIRE${complaint === undefined ? '' : `: ${complaint}`}`));
  if (rule.evidence === undefined) return false;
  const firedMs = Date.now();
  await alerting.notify();
  const called = await webhookLeg(webhook, { fromMs: firedMs, untilMs });
  out(legLine('webhook', called, `NOT CALLED: does Grafana reach ${webhook.origin}?`));
  if (called.evidence === undefined) return false;
  out(
    `page     ${seconds(firedMs + called.tookMs - sentMs)}  from the last prediction to the webhook`,
  );
  return true;
}

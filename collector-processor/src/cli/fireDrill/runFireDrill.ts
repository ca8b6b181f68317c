import { randomUUID } from 'node:crypto';
import type { ClickHouseClient } from '@clickhouse/client';
import { FIRE_DRILL_TENANT } from '@plumbline/schemas/rules';
import { createBaseline } from '../../monitor/baselines/createBaseline';
import { createStatements } from '../../monitor/statements';
import { type Leg, ruleLeg, signalLeg } from './drillLegs';
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

const STATEMENT_TIMEOUT_MS = 60_000;
const NEVER = new AbortController().signal;

export interface DrillParts {
  readonly client: ClickHouseClient;
  readonly receiver: DrillReceiver;
  readonly out: (line: string) => void;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`.padStart(8);
const legLine = (name: string, leg: Leg, missing: string): string =>
  `${name.padEnd(9)}${seconds(leg.tookMs)}  ${leg.evidence ?? missing}`;

async function makeReference(client: ClickHouseClient, fromMs: number, toMs: number) {
  const report = await createBaseline(
    createStatements(
      client,
      { statementTimeoutMs: STATEMENT_TIMEOUT_MS },
      { stopping: NEVER, abandoning: NEVER },
    ),
    {
      ...{ tenant: FIRE_DRILL_TENANT, environment: DRILL_ENVIRONMENT },
      ...{ model: DRILL_MODEL, version: DRILL_VERSION, segment: '' },
      ...{ fromMs, toMs, source: 'range', freshBins: true },
    },
  );
  if (report.status === 'refused')
    throw new Error(`the drill's reference was refused: ${report.reason}`);
}

/** Sends, waits and tells each leg as it ends; resolves to whether all that was drilled came within `withinMs`. */
export async function runFireDrill(
  { client, receiver, out }: DrillParts,
  withinMs: number,
): Promise<boolean> {
  const run = randomUUID();
  const times = drillTimes(Date.now());
  const beganMs = Date.now();
  for (const request of referenceRequests(run, times)) await sendDrill(receiver, request);
  await makeReference(client, times.fromMs, times.grossMs);
  await sendDrill(receiver, grossRequest(run, times));
  const sentMs = Date.now();
  out(`sent     ${seconds(sentMs - beganMs)}  ${DRILL_ROWS} predictions to ${receiver.whose}`);

  const untilMs = sentMs + withinMs;
  const signal = await signalLeg(client, times.grossMs, { fromMs: sentMs, untilMs });
  out(legLine('signal', signal, 'NOT SEEN: does a processor with a monitor run on this store?'));
  if (signal.evidence === undefined) return false;
  const rule = await ruleLeg(client, { fromMs: Date.now(), untilMs });
  out(legLine('rule', rule, 'DOES NOT FIRE'));
  out("                   (its query was asked here: no Grafana takes part, so none's interval)");
  out('webhook         -  not drilled: it is Grafana that sends it');
  return rule.evidence !== undefined;
}

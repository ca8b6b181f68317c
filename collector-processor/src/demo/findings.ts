import type { ClickHouseClient } from '@clickhouse/client';
import { DEMO_ENVIRONMENT } from './environment';
import type { PlantedFault } from './faults';
import { HOUR_MS } from './seasons';

/** Something that the monitor would wake somebody for. */
export interface Alarm {
  readonly kind: 'drift' | 'quality' | 'silent_change';
  readonly model: string;
  readonly feature: string;
  /** Unix milliseconds. */
  readonly atMs: number;
  /** When the data for it were complete, Unix milliseconds. */
  readonly foundMs: number;
  readonly evidence: string;
}

const WHERE = `environment = '${DEMO_ENVIRONMENT}' AND time > now64(3) - INTERVAL 20 DAY`;

const DRIFT = `
SELECT 'drift' AS kind, model, feature, toFloat64(toUnixTimestamp64Milli(time)) AS atMs, atMs + window_minutes * 60000 AS foundMs,
  concat(direction, if(isNull(q_value), '', concat(', q ', toString(round(assumeNotNull(q_value), 6)))), ', n ', toString(n)) AS evidence
FROM v_drift WHERE ${WHERE} AND page = 1 AND segment = ''`;

const QUALITY = `
SELECT 'quality' AS kind, model, feature, toFloat64(toUnixTimestamp64Milli(time)) AS atMs, atMs + window_minutes * 60000 AS foundMs,
  concat(\`check\`, if(isNull(rate), '', concat(' ', toString(round(100 * assumeNotNull(rate), 1)), '%')),
    if(isNull(expected), '', concat(' instead of ', toString(round(100 * assumeNotNull(expected), 1)), '%')), ', n ', toString(n)) AS evidence
FROM v_quality WHERE ${WHERE} AND page = 1`;

const SILENT_CHANGES = `
SELECT 'silent_change' AS kind, model, '' AS feature, toFloat64(toUnixTimestamp64Milli(time)) AS atMs,
  toFloat64(toUnixTimestamp64Milli(parseDateTime64BestEffort(JSONExtractString(told.evidence, 'found_at'), 3))) AS foundMs, text AS evidence
FROM v_model_events AS told WHERE ${WHERE} AND event = 'silent_change'`;

/** All alarms of the demo's days, oldest first. */
export async function readAlarms(client: ClickHouseClient): Promise<Alarm[]> {
  const answers = await Promise.all(
    [DRIFT, QUALITY, SILENT_CHANGES].map(async (query) => {
      const result = await client.query({ query, format: 'JSONEachRow' });
      return result.json<Alarm>();
    }),
  );
  return answers.flat().sort((a, b) => a.foundMs - b.foundMs || (a.feature < b.feature ? -1 : 1));
}

const LOOKED = `SELECT toFloat64(count()) AS hours FROM v_drift_models WHERE ${WHERE}`;

/** How many hours of models drift was decided for, whatever the decision. */
export async function readLooked(client: ClickHouseClient): Promise<number> {
  const result = await client.query({ query: LOOKED, format: 'JSONEachRow' });
  const [row] = await result.json<{ hours: number }>();
  return row?.hours ?? 0;
}

export interface Finding {
  readonly fault: PlantedFault;
  /** The first alarm that tells it; undefined while there is none. */
  readonly alarm?: Alarm;
  /** From the fault to the end of the window that showed it, milliseconds. */
  readonly delayMs?: number;
}

export interface Findings {
  readonly found: readonly Finding[];
  /** Alarms that nothing planted explains: there should be none. */
  readonly others: readonly Alarm[];
}

/** What tells a fault best comes first: the feature itself, then by the check that is made for it. */
const tells = (fault: PlantedFault, alarm: Alarm): boolean =>
  fault.kind === 'silent_change'
    ? alarm.kind === 'silent_change'
    : alarm.kind !== 'silent_change' && alarm.feature === fault.feature;

/** A fault moves other features of its model too, and goes on: everything there from its hour on is explained by it. */
const explains = (fault: PlantedFault, alarm: Alarm): boolean =>
  alarm.model === fault.model && alarm.atMs >= fault.sinceMs - HOUR_MS;

export function matchFindings(
  planted: readonly PlantedFault[],
  alarms: readonly Alarm[],
): Findings {
  return {
    found: planted.map((fault): Finding => {
      const told = alarms.filter((one) => explains(fault, one) && tells(fault, one));
      const alarm = told[0];
      if (alarm === undefined) return { fault };
      return { fault, alarm, delayMs: Math.max(0, alarm.foundMs - fault.sinceMs) };
    }),
    others: alarms.filter((alarm) => !planted.some((fault) => explains(fault, alarm))),
  };
}

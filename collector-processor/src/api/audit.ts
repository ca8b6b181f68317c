import type { ClickHouseClient } from '@clickhouse/client';
import type { Caller } from './caller';
import type { About } from './route';

/** A write as it is told to the audit. */
export interface Deed {
  readonly auditId: string;
  /** When it was first asked for, Unix milliseconds. */
  readonly timeMs: number;
  readonly caller: Caller;
  readonly action: string;
  readonly about: About;
  /** Empty without a key. */
  readonly idempotencyKey: string;
  readonly requestHash: string;
}

/** `started`: no end was told, so it may have happened or not. `failed`: our fault, and it may have happened in part. */
export interface Ending {
  readonly outcome: 'started' | 'accepted' | 'refused' | 'failed';
  readonly status: number;
  readonly reason: string;
  /** JSON of an answer that the same key gets again; empty for others. */
  readonly answer: string;
}

/** What an idempotency key stood for before. */
export interface Earlier {
  readonly auditId: string;
  readonly timeMs: number;
  readonly rowVersion: number;
  readonly requestHash: string;
  readonly outcome: 'started' | 'accepted' | 'failed';
  readonly status: number;
  readonly answer: string;
}

/** Longest text of `request` and `reason`, characters. */
const MAX_TEXT = 4096;

/** Writes one row; a later one with a higher `rowVersion` takes its place. Rejects when the store does not take it. */
export async function writeAudit(
  store: ClickHouseClient,
  { auditId, timeMs, caller, action, about, idempotencyKey, requestHash }: Deed,
  { outcome, status, reason, answer }: Ending,
  rowVersion: number,
): Promise<void> {
  const { tenant, actor, actorId, actorName, role, via } = caller;
  const { object, environment = '', model = '', version = '', request } = about;
  await store.insert({
    table: 'ml_audit',
    format: 'JSONEachRow',
    values: [
      {
        tenant,
        time: new Date(timeMs).toISOString(),
        audit_id: auditId,
        row_version: rowVersion,
        ...{ environment, model, version },
        actor,
        actor_id: actorId,
        actor_name: actorName,
        ...{ role, via, action, object },
        request: JSON.stringify(request).slice(0, MAX_TEXT),
        ...{ outcome, status, reason: reason.slice(0, MAX_TEXT) },
        idempotency_key: idempotencyKey,
        request_hash: requestHash,
        answer,
      },
    ],
    clickhouse_settings: { async_insert: 0, date_time_input_format: 'best_effort' },
  });
}

/** The write that a key stood for in the last `hours`, the oldest of several; undefined: the key is new. */
export async function findEarlier(
  store: ClickHouseClient,
  { tenant, actor }: Caller,
  key: string,
  hours: number,
): Promise<Earlier | undefined> {
  const result = await store.query({
    query: `SELECT audit_id AS auditId, toUnixTimestamp64Milli(time) AS timeMs, row_version AS rowVersion,
  request_hash AS requestHash, outcome, status, answer
FROM ml_audit FINAL
WHERE tenant = {tenant: String} AND time >= now64(3) - toIntervalHour({hours: UInt32})
  AND idempotency_key = {key: String} AND actor = {actor: String} AND outcome != 'refused'
ORDER BY time, audit_id
LIMIT 1`,
    query_params: { tenant, actor, key, hours },
    format: 'JSONEachRow',
    clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
  });
  const [row] = await result.json<Earlier>();
  return row;
}

import type { ClickHouseClient } from '@clickhouse/client';
import type { z } from 'zod';
import type { MlRecord, RecordValues } from '../core/mlRecord';
import { recordIdOf } from '../core/recordId';
import { quoteTexts } from '../monitor/quoteText';
import type { BlockEvents } from '../store/block';
import { insertBlock } from '../store/insertBlock';
import { RecordTables } from '../store/records/recordTables';
import type { recordFields, recordsAnswer } from './recordFields';
import type { WriteContext } from './route';

type Told = Readonly<z.output<z.ZodObject<typeof recordFields>>>;

/** As the receivers have it. */
const MAX_CLOCK_SKEW_MS = 600_000;
const NS_PER_MS = 1_000_000n;

/** A record as telemetry would have told it, so that one told in both ways is one. */
export function recordOf(
  told: Told,
  values: RecordValues,
  { caller, timeMs: receivedAtMs }: Pick<WriteContext, 'caller' | 'timeMs'>,
): MlRecord {
  const { prediction_id: inferenceId, environment, model, version, service } = told;
  const time = told.time === undefined ? receivedAtMs : Date.parse(told.time);
  const nanoseconds = BigInt(time) * NS_PER_MS;
  const about = { inferenceId, traceId: '', spanId: '', values };
  const recordId = recordIdOf({
    ...about,
    timeLow: Number(nanoseconds & 0xffff_ffffn),
    timeHigh: Number(nanoseconds >> 32n),
  });
  return {
    ...about,
    ...{ tenant: caller.tenant, environment, model, version, service },
    time,
    receivedAtMs,
    recordId,
    clockSkew: time - receivedAtMs > MAX_CLOCK_SKEW_MS ? 1 : 0,
  };
}

/** With more ids than this, or a store that is too busy, it is not counted. */
const MAX_COUNTED = 1000;
const COUNT_SECONDS = 2;

/** How many of these predictions nobody has stored; null where that would take too long. */
async function countUnknown(
  store: ClickHouseClient,
  tenant: string,
  ids: ReadonlySet<string>,
): Promise<number | null> {
  if (ids.size > MAX_COUNTED) return null;
  try {
    const result = await store.query({
      query: `SELECT uniqExact(inference_id) AS known FROM ml_inferences
WHERE tenant = {tenant: String} AND inference_id IN ${quoteTexts(ids)}`,
      query_params: { tenant },
      format: 'JSONEachRow',
      clickhouse_settings: {
        max_execution_time: COUNT_SECONDS,
        max_threads: 1,
        max_query_size: '2097152',
        output_format_json_quote_64bit_integers: 0,
      },
    });
    const [row] = await result.json<{ known: number }>();
    return ids.size - row!.known;
  } catch {
    // The records are written: that nobody could count is no failure.
    return null;
  }
}

/** Writes records and resolves when the store has them. */
export async function writeRecords(
  records: readonly MlRecord[],
  { store, caller }: WriteContext,
  events: BlockEvents,
): Promise<z.output<typeof recordsAnswer>> {
  const tables = new RecordTables();
  for (const record of records) tables.record(record);
  for (const [table, rows] of tables.tables) await insertBlock(store, table, rows.block());
  tables.tell(events);
  const ids = new Set(records.map(({ inferenceId }) => inferenceId));
  return {
    accepted: records.length,
    unknown_predictions: await countUnknown(store, caller.tenant, ids),
  };
}

/** What the audit says of a batch: how much and about which models, nothing of what it says. */
export const describeBatch = (
  object: string,
  records: readonly { readonly model: string; readonly environment: string }[],
) => {
  const models = [...new Set(records.map(({ model }) => model))];
  const environments = [...new Set(records.map(({ environment }) => environment))];
  return {
    object,
    model: models.length === 1 ? models[0]! : '',
    environment: environments.length === 1 ? environments[0]! : '',
    request: { count: records.length, models: models.slice(0, 10) },
  };
};

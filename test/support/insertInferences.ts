import type { ClickHouseClient } from '@clickhouse/client';

/** Some columns of a row of `ml_inferences`; times are Unix milliseconds, the others get the table's defaults. */
export interface InferenceRow {
  readonly time: number;
  readonly written_at?: number;
  readonly inference_id?: string;
  readonly [column: string]: unknown;
}

let inserted = 0;

/** Inserts rows as a writer would: one block, `written_at` set by the engine unless given, an id of its own unless given. */
export async function insertInferences(
  client: ClickHouseClient,
  rows: readonly InferenceRow[],
): Promise<void> {
  const values = rows.map(({ time, written_at, ...others }) => {
    inserted += 1;
    return {
      tenant: 'default',
      inference_id: `inference-${inserted}`,
      operation: 'chat',
      status: 'ok',
      sample_weight: 1,
      ...others,
      time: (time / 1000).toFixed(3),
      ...(written_at === undefined ? {} : { written_at: (written_at / 1000).toFixed(3) }),
    };
  });
  await client.insert({
    table: 'ml_inferences',
    columns: [...new Set(values.flatMap((row) => Object.keys(row)))] as [string, ...string[]],
    values,
    format: 'JSONEachRow',
  });
}

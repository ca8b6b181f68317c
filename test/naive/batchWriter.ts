import type { ClickHouseClient } from '@clickhouse/client';

type Row = Record<string, unknown>;

/** An insert begins when the one before has ended, and at least this long after that one's start. */
const INSERT_EVERY_MS = 40;

/** Collects rows and inserts them together; the promise settles when they are committed. */
export interface BatchWriter {
  write(traces: readonly Row[], inferences: readonly Row[]): Promise<void>;
}

export function createBatchWriter(client: ClickHouseClient): BatchWriter {
  let traces: Row[] = [];
  let inferences: Row[] = [];
  let waiting: { resolve: () => void; reject: (error: unknown) => void }[] = [];
  let busy = false;

  const flush = async (): Promise<void> => {
    busy = true;
    while (waiting.length > 0) {
      const batch = { traces, inferences, waiting };
      traces = [];
      inferences = [];
      waiting = [];
      const pause = new Promise((resolve) => setTimeout(resolve, INSERT_EVERY_MS));
      try {
        if (batch.inferences.length > 0) {
          await client.insert({
            table: 'ml_inferences',
            values: batch.inferences,
            format: 'JSONEachRow',
          });
        }
        await client.insert({ table: 'otel_traces', values: batch.traces, format: 'JSONEachRow' });
        for (const { resolve } of batch.waiting) resolve();
      } catch (error) {
        for (const { reject } of batch.waiting) reject(error);
      }
      await pause;
    }
    busy = false;
  };
  return {
    write: (newTraces, newInferences) =>
      new Promise((resolve, reject) => {
        for (const row of newTraces) traces.push(row);
        for (const row of newInferences) inferences.push(row);
        waiting.push({ resolve, reject });
        if (!busy) void flush();
      }),
  };
}

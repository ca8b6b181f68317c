import type { ClickHouseClient } from '@clickhouse/client';
import { listModels } from '@plumbline/collector-processor/dist/monitor/listModels';
import { partStatements, SPAN_HOURS } from './inferenceRows';
import { DAY_MS, DAYS, INSERTS_PER_DAY } from './load';
import { monitorRows } from './monitorRows';
import { ownMetricRows } from './ownMetricRows';

/** Parts that are filled at once. */
const LANES = 2;

/**
 * Fills an empty store as a processor and its monitor would have left it behind after thirty days: inferences in several
 * parts a day up to `nowMs`, traffic windows, hourly verdicts, the processor's own metrics. Nothing is optimised, nor merged in
 * the background: all days stay in as many parts as they were inserted in, which no store that runs is left with.
 */
export async function fillStore(
  client: ClickHouseClient,
  rows: number,
  nowMs: number,
): Promise<void> {
  const run = (query: string) =>
    client.command({ query, clickhouse_settings: { optimize_on_insert: 0 } });
  await run('SYSTEM STOP MERGES');
  const fromMs = nowMs - DAYS * DAY_MS;
  const parts = DAYS * INSERTS_PER_DAY;
  let next = 0;
  const fillParts = async (): Promise<void> => {
    while (next < parts) {
      const statements = partStatements(Math.round(rows / parts), next++, { fromMs, nowMs });
      for (const statement of statements) await run(statement);
    }
  };
  await Promise.all(Array.from({ length: LANES }, fillParts));
  const models = listModels('ml_traffic_windows', { fromMs, toMs: nowMs });
  const others = [SPAN_HOURS, ...models, ...monitorRows(fromMs), ...ownMetricRows(nowMs)];
  for (const statement of others) await run(statement);
}

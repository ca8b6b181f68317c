import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { migrate } from '@plumbline/collector-processor/dist/store/migrate';
import { type Engine, startEngine } from '../process/startEngine';
import { fillHours, type MonitorLoad } from './fillHours';

export interface FilledStore {
  readonly engine: Engine;
  readonly client: ClickHouseClient;
}

/** Does something with a store of its own that has this load in it. */
export async function withFilledStore<Result>(
  load: MonitorLoad,
  work: (store: FilledStore) => Promise<Result>,
): Promise<Result> {
  const engine = await startEngine();
  const client = createClient({
    url: engine.url,
    request_timeout: 600_000,
    log: { level: ClickHouseLogLevel.ERROR },
  });
  try {
    await migrate({ client, events: { migrationApplied: () => undefined } });
    await fillHours(client, load);
    return await work({ engine, client });
  } finally {
    await client.close();
    await engine.stop();
  }
}

import type { ClickHouseClient } from '@clickhouse/client';
import type { Config } from './config/config';
import { createEmbeddedEngine } from './embedded/engine';
import { EMBEDDED_DEFAULTS } from './embedded/settings';
import { createStoreClient } from './store/client';

const STOP_WITHIN_MS = 20_000;

/**
 * Runs `work` on the configured store, for commands that are not the service. An embedded engine is used where it
 * already runs, inside a service; where it does not, it is started for the time of the work.
 */
export async function withStore<T>(
  { storage }: Config,
  work: (client: ClickHouseClient) => Promise<T>,
): Promise<T> {
  const { database, username, password, maxInsertMs } = storage;
  const cluster = storage.url === null ? null : storage.cluster;
  const connect = (url: string): ClickHouseClient =>
    createStoreClient({ url, database, username, password, maxInsertMs, cluster });
  const running = connect(
    storage.url ?? `http://${EMBEDDED_DEFAULTS.host}:${storage.embedded.port}`,
  );
  try {
    if (storage.url !== null || (await running.ping()).success) return await work(running);
  } finally {
    await running.close();
  }
  const engine = createEmbeddedEngine(
    { log: () => undefined },
    { ...EMBEDDED_DEFAULTS, path: storage.path, port: 0 },
  );
  await engine.start();
  const client = connect(engine.url);
  try {
    return await work(client);
  } finally {
    await client.close();
    await engine.stop(AbortSignal.timeout(STOP_WITHIN_MS));
  }
}

import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import type { ClickHouseClient } from '@clickhouse/client';
import { startEngine } from './engine';

/** An engine with a table `t (a UInt32, s String, m Map(LowCardinality(String), String))` and two clients of it. */
export interface EngineClients {
  readonly url: string;
  readonly client: ClickHouseClient;
  /** Compresses requests and asks for compressed answers. */
  readonly gzipped: ClickHouseClient;
  stop(): Promise<void>;
}

export async function startClients(): Promise<EngineClients> {
  const engine = await startEngine();
  const { client, url } = engine;
  const gzipped = createClient({
    url,
    compression: { request: true, response: true },
    log: { level: ClickHouseLogLevel.OFF },
  });
  await client.command({
    query: `CREATE TABLE t (a UInt32, s String, m Map(LowCardinality(String), String))
            ENGINE = MergeTree ORDER BY a`,
  });
  return {
    url,
    client,
    gzipped,
    async stop() {
      await gzipped.close();
      await engine.stop();
    },
  };
}

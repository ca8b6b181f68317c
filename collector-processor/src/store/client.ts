import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';

export interface StoreConnection {
  readonly url: string;
  readonly database: string;
  readonly username: string;
  readonly password: string;
  /** Longest time for one statement, milliseconds. */
  readonly maxInsertMs: number;
  /** Name of the cluster that the server belongs to; null: it stands alone. */
  readonly cluster: string | null;
}

/**
 * In a cluster an insert is answered when the shards have it, and a subquery inside a query over all shards reads all of
 * them, once. `INSERT … SELECT` reads all shards, too: since 25.7 the engine would otherwise run it on each shard alone and
 * keep the result there, so that what is summed up over shards would be there in parts.
 */
const CLUSTER_SETTINGS = {
  distributed_foreground_insert: 1,
  distributed_product_mode: 'global',
  parallel_distributed_insert_select: '0',
} as const;

/** The one way into the store. Compression is off: it costs more than the pipeline itself, and loopback needs none. */
export const createStoreClient = (connection: StoreConnection): ClickHouseClient =>
  createClient({
    url: connection.url,
    database: connection.database,
    username: connection.username,
    password: connection.password,
    application: 'plumbline',
    request_timeout: connection.maxInsertMs,
    max_open_connections: 10,
    clickhouse_settings: connection.cluster === null ? {} : CLUSTER_SETTINGS,
    // Its own log would go around ours; every failure comes back as an error and is told as an event.
    log: { level: ClickHouseLogLevel.OFF },
    compression: { request: false, response: false },
    // The sockets of a restarted engine are dead; an idle one must not be used after its server closed it.
    keep_alive: { enabled: true, idle_socket_ttl: 2_000 },
  });

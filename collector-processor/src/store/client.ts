import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';

export interface StoreConnection {
  readonly url: string;
  readonly database: string;
  readonly username: string;
  readonly password: string;
  /** Longest time for one statement, milliseconds. */
  readonly maxInsertMs: number;
}

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
    // Its own log would go around ours; every failure comes back as an error and is told as an event.
    log: { level: ClickHouseLogLevel.OFF },
    compression: { request: false, response: false },
    // The sockets of a restarted engine are dead; an idle one must not be used after its server closed it.
    keep_alive: { enabled: true, idle_socket_ttl: 2_000 },
  });

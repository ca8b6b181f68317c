import { randomBytes } from 'node:crypto';
import type { Config } from './config/config';
import { createEmbeddedEngine, type EmbeddedEngine } from './embedded/engine';
import { EMBEDDED_DEFAULTS } from './embedded/settings';
import type { StoreConnection } from './store/client';
import type { Telemetry } from './telemetry/telemetry';

/** Where ClickHouse is: the configured server, or the embedded engine that has to be started first. */
export interface Storage {
  readonly engine: EmbeddedEngine | undefined;
  /** How to reach it; of the embedded engine known once it has started. */
  connection(): StoreConnection;
}

/** The user that the processor itself is when the embedded engine has users: made anew at each start, told to nobody. */
const OWN_USER = 'plumbline';

export function createStorage({ storage }: Config, { events, gauge }: Telemetry): Storage {
  const { url, database, maxInsertMs, cluster } = storage;
  if (url !== null) {
    const { username, password } = storage;
    return {
      engine: undefined,
      connection: () => ({ url, database, username, password, maxInsertMs, cluster }),
    };
  }
  const { users, port, maxMemoryBytes, maxConcurrentQueries } = storage.embedded;
  const own = { name: OWN_USER, password: randomBytes(24).toString('base64url'), readOnly: false };
  const { limits } = EMBEDDED_DEFAULTS;
  const engine = createEmbeddedEngine(
    { log: events.engineChanged },
    {
      ...EMBEDDED_DEFAULTS,
      path: storage.path,
      port,
      users: users.length === 0 ? [] : [...users, own],
      limits: {
        ...limits,
        memoryBytes: maxMemoryBytes,
        queryMemoryBytes: Math.min(limits.queryMemoryBytes, maxMemoryBytes),
        concurrentQueries: maxConcurrentQueries,
      },
    },
  );
  gauge(
    'plumbline_engine_resident_bytes',
    'Resident size of the embedded engine.',
    () => engine.usage?.residentBytes ?? 0,
  );
  gauge(
    'plumbline_engine_waiting_requests',
    'Requests that wait for a slot of the embedded engine.',
    () => engine.usage?.waiting ?? 0,
  );
  return {
    engine,
    connection: () => ({
      url: engine.url,
      database,
      username: users.length === 0 ? 'default' : own.name,
      password: users.length === 0 ? '' : own.password,
      maxInsertMs,
      cluster: null,
    }),
  };
}

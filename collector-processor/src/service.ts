import { readFileSync } from 'node:fs';
import type { ClickHouseClient } from '@clickhouse/client';
import { readVersion } from './cli/readVersion';
import type { Service } from './cli/service';
import { parseAddress } from './config/address';
import type { Config } from './config/config';
import { configuredPrices } from './configuredPrices';
import { type Component, inOrder } from './core/component';
import { createPricer } from './enrich/price/pricer';
import { selectPrices } from './enrich/price/selectPrices';
import { createFlow } from './flow';
import { createWindowJob } from './monitor/windowJob';
import { WINDOW_JOB_DEFAULTS } from './monitor/windowJobSettings';
import { createStorage } from './storage';
import { clusterOf } from './clusterOf';
import { createStoreClient } from './store/client';
import { openStore } from './store/openStore';
import { createAdminServer } from './telemetry/adminServer';
import { createTelemetry, type Telemetry } from './telemetry/telemetry';

/** Wires the rooms. */
export function createService(config: Config): Service {
  const version = readVersion((path) => readFileSync(path, 'utf8'));
  const telemetry = createTelemetry({ ...config.telemetry, version });
  const storage = createStorage(config, telemetry);
  let client: ClickHouseClient | undefined;
  let flow: ReturnType<typeof createFlow> | undefined;
  let running: Component | undefined;

  /** Everything that needs the store's URL, its schema and its prices. */
  const processor: Component = {
    async start() {
      client = createStoreClient(storage.connection());
      const prices = await configuredPrices(config.prices.overrideFile);
      const stored = await openStore(
        {
          client,
          prices: prices.rows,
          events: telemetry.events,
          cluster: clusterOf(config),
        },
        config.storage.retention,
      );
      // What an operator added with SQL counts too; rows of older books and contracts are there for repricing only.
      const pricer = createPricer(selectPrices(stored, prices.version).rows);
      for (const problem of pricer.problems) telemetry.events.priceRefused({ reason: problem });
      flow = createFlow({ client, pricer, telemetry }, config);
      running = inOrder([
        flow.grpc,
        flow.http,
        ...flow.writers,
        ...monitorOf(config, client, telemetry),
      ]);
      await running.start();
    },
    async stop(deadline) {
      await running?.stop(deadline);
      await client?.close();
      running = client = undefined;
    },
  };
  const storeProblem = async (): Promise<string | undefined> => {
    if (running === undefined || client === undefined) return 'not started';
    const pong = await client.ping({ select: true });
    return pong.success ? undefined : pong.error.message;
  };
  const admin = createAdminServer(
    { registry: telemetry.registry, checks: [{ name: 'store', check: storeProblem }] },
    parseAddress(config.api.address)!,
  );
  const all = inOrder([
    telemetry,
    processor,
    admin,
    ...(storage.engine === undefined ? [] : [storage.engine]),
  ]);
  return {
    start: () => all.start(),
    stop: (deadline) => all.stop(deadline),
    get addresses() {
      return {
        grpc: flow?.grpc.address ?? config.receive.grpc.address,
        http: flow?.http.address ?? config.receive.http.address,
        admin: admin.address,
        clickhouse: storage.connection().url,
      };
    },
  };
}

/** The jobs beside the hot path; none when another replica is to do them all. */
function monitorOf(
  { monitor, storage }: Config,
  client: ClickHouseClient,
  { events }: Telemetry,
): Component[] {
  if (!monitor.enabled) return [];
  const settings = {
    ...WINDOW_JOB_DEFAULTS,
    everyMs: monitor.everyMs,
    latenessMs: monitor.latenessHours * 3_600_000,
    settleMs: storage.maxInsertMs,
    rawRetentionDays: storage.retention.ml_inferences,
  };
  return [createWindowJob({ client, events }, settings)];
}

import { readFileSync } from 'node:fs';
import { mountApi } from './api/mountApi';
import { readVersion } from './cli/readVersion';
import type { Service, ServiceOptions } from './cli/service';
import { parseAddress } from './config/address';
import type { Config } from './config/config';
import { systemClock } from './core/clock';
import { inOrder } from './core/component';
import { createProcessor } from './processor';
import { createStorage } from './storage';
import { createAdminServer } from './telemetry/adminServer';
import { createTelemetry } from './telemetry/telemetry';

/** Wires the parts of the process: telemetry, engine, processor, admin server. */
export function createService(config: Config, options: ServiceOptions = {}): Service {
  const version = readVersion((path) => readFileSync(path, 'utf8'));
  const telemetry = createTelemetry({ ...config.telemetry, version });
  const storage = createStorage(config, telemetry);
  const processor = createProcessor({ storage, telemetry, version, ...options }, config);
  const admin = createAdminServer(
    {
      registry: telemetry.registry,
      more: () => (processor.signals === undefined ? [] : [processor.signals]),
      checks: [{ name: 'store', check: () => processor.problem() }],
    },
    parseAddress(config.api.address)!,
  );
  mountApi(
    admin.app,
    { store: () => processor.store, events: telemetry.events, clock: systemClock },
    config.api,
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
      const { grpc, http } = processor.addresses ?? {
        grpc: config.receive.grpc.address,
        http: config.receive.http.address,
      };
      return { grpc, http, admin: admin.address, clickhouse: storage.connection().url };
    },
  };
}

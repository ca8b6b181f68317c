import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import type { ClickHouseClient } from '@clickhouse/client';
import { createEmbeddedEngine } from '../../collector-processor/src/embedded/engine';
import type { EmbeddedEngine } from '../../collector-processor/src/embedded/engine';
import type { EngineEvent } from '../../collector-processor/src/embedded/engineEvent';
import { EMBEDDED_DEFAULTS } from '../../collector-processor/src/embedded/settings';
import type { EmbeddedSettings } from '../../collector-processor/src/embedded/settings';

/** The compiled child: a process of its own cannot be run from TypeScript. Build it with `npx tsc -b` first. */
export const ENGINE_SCRIPT = resolve(__dirname, '../../collector-processor/dist/embedded/child.js');

export interface TestEngine {
  readonly url: string;
  readonly client: ClickHouseClient;
  readonly pid: number | undefined;
  readonly engine: EmbeddedEngine;
  readonly path: string;
  readonly events: readonly EngineEvent[];
  /** Ends the engine and removes its directory if it was made for this one. */
  stop(): Promise<void>;
}

/** A real engine on a free port, in a fresh directory unless one is given. */
export async function startEngine(options: Partial<EmbeddedSettings> = {}): Promise<TestEngine> {
  const path = options.path ?? (await mkdtemp(join(tmpdir(), 'plumbline-engine-')));
  const events: EngineEvent[] = [];
  const engine = createEmbeddedEngine(
    { log: (event) => events.push(event) },
    { ...EMBEDDED_DEFAULTS, port: 0, script: ENGINE_SCRIPT, ...options, path },
  );
  await engine.start();
  const client = createClient({ url: engine.url, log: { level: ClickHouseLogLevel.OFF } });
  return {
    url: engine.url,
    client,
    get pid() {
      return engine.pid;
    },
    engine,
    path,
    events,
    async stop() {
      await client.close();
      await engine.stop(AbortSignal.timeout(10_000));
      if (options.path === undefined) await rm(path, { recursive: true, force: true });
    },
  };
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmbeddedEngine } from '@plumbline/collector-processor/dist/embedded/engine';
import { EMBEDDED_DEFAULTS } from '@plumbline/collector-processor/dist/embedded/settings';

/** The embedded engine without a processor in front, in its default settings. */
export interface Engine {
  readonly pid: number;
  readonly url: string;
  stop(): Promise<void>;
}

const STOP_WITHIN_MS = 20_000;

/** Starts an engine on a free port in a directory of its own. */
export async function startEngine(): Promise<Engine> {
  const path = await mkdtemp(join(tmpdir(), 'plumbline-bench-engine-'));
  const engine = createEmbeddedEngine(
    { log: () => undefined },
    { ...EMBEDDED_DEFAULTS, path, port: 0 },
  );
  await engine.start();
  return {
    pid: engine.pid!,
    url: engine.url,
    stop: async () => {
      await engine.stop(AbortSignal.timeout(STOP_WITHIN_MS));
      await rm(path, { recursive: true, force: true });
    },
  };
}

import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { plainEnvironment, stopChild } from './childTask';
import { freePorts } from './freePorts';

const MAIN = resolve(__dirname, '../../../../collector-processor/dist/main.js');
const READY_WITHIN_MS = 60_000;
const STOP_GRACE_MS = 30_000;
const KEPT_OUTPUT = 8_000;

/** The processor as a user runs it, in its default configuration but for ports and directories. */
export interface Processor {
  readonly pid: number;
  /** `host:port` of the OTLP gRPC receiver. */
  readonly grpcAddress: string;
  /** ClickHouse HTTP interface that it stores into. */
  readonly storeUrl: string;
  stop(): Promise<void>;
}

/** Starts the built processor; without `storeUrl` it runs its embedded engine in a directory of its own. */
export async function startProcessor(storeUrl?: string): Promise<Processor> {
  const directory = await mkdtemp(join(tmpdir(), 'plumbline-bench-'));
  const [grpc, http, api, engine] = (await freePorts(4)) as [number, number, number, number];
  const storage =
    storeUrl === undefined
      ? { path: join(directory, 'data'), embedded: { port: engine } }
      : { url: storeUrl, path: join(directory, 'data') };
  const config = {
    receive: {
      grpc: { address: `127.0.0.1:${grpc}` },
      http: { address: `127.0.0.1:${http}` },
    },
    storage,
    api: { address: `127.0.0.1:${api}` },
  };
  const file = join(directory, 'config.yaml');
  // JSON is YAML, so no writer is needed.
  await writeFile(file, JSON.stringify(config, null, 2));
  const child = spawn(process.execPath, [MAIN, 'start', '--config', file], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: plainEnvironment(),
    cwd: directory,
  });
  // Whatever ends the bench ends the processor, too.
  const endWithUs = (): void => void child.kill('SIGTERM');
  process.once('exit', endWithUs);
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-KEPT_OUTPUT);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const stop = async (): Promise<void> => {
    await stopChild(child, STOP_GRACE_MS);
    process.removeListener('exit', endWithUs);
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await untilReady(`http://127.0.0.1:${api}/readyz`, () => child.exitCode !== null);
  } catch (error) {
    await stop();
    throw new Error(`the processor did not become ready; it said:\n${output}`, { cause: error });
  }
  return {
    pid: child.pid!,
    grpcAddress: `127.0.0.1:${grpc}`,
    storeUrl: storeUrl ?? `http://127.0.0.1:${engine}`,
    stop,
  };
}

async function untilReady(url: string, ended: () => boolean): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const ready = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    if (ended()) throw new Error('it ended');
    if (Date.now() > deadline) throw new Error(`not ready after ${READY_WITHIN_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

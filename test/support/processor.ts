import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freePorts } from './freePorts';

const MANIFEST = require.resolve('@plumbline/collector-processor/package.json');
const MAIN = join(dirname(MANIFEST), 'dist/main.js');
/** Node flags that the processor is run with, as its `#!` line has them. */
export const NODE_FLAGS: readonly string[] = (
  JSON.parse(readFileSync(MANIFEST, 'utf8')) as { config: { nodeFlags: string } }
).config.nodeFlags.split(' ');
const READY_WITHIN_MS = 60_000;
const STOP_GRACE_MS = 30_000;
const KEPT_OUTPUT = 16_000;

export interface ProcessorOptions {
  /** A ClickHouse to store into; without it the processor runs its embedded engine in a directory of its own. */
  readonly storeUrl?: string;
  /** Who may send, and under which tenant; anyone when empty. */
  readonly tokens?: readonly { readonly token: string; readonly tenant: string }[];
  /** What to wait for at the start; `alive`: the store need not be there. */
  readonly until?: 'ready' | 'alive';
  /** Keys of the section `api` beside the address. */
  readonly api?: Readonly<Record<string, unknown>>;
  /** Further keys of the configuration file, by section. */
  readonly config?: Readonly<Record<string, unknown>>;
}

/** The built processor as a user runs it: a process of its own, in its default configuration but for ports and paths. */
export interface Processor {
  readonly pid: number;
  /** `host:port` of the OTLP receivers and of the admin server. */
  readonly grpcAddress: string;
  readonly httpAddress: string;
  readonly adminAddress: string;
  /** ClickHouse HTTP interface that it stores into. */
  readonly storeUrl: string;
  /** The last it wrote. */
  readonly output: string;
  /** Ends the process at once; resolves when it has ended. */
  kill(): Promise<void>;
  /** Starts it again, on the same ports and directories. */
  restart(): Promise<void>;
  /** Ends it in order and removes what it stored; resolves to its exit code. */
  stop(): Promise<number | null>;
}

/** Starts the built processor and resolves when it is ready. */
export async function startProcessor(options: ProcessorOptions = {}): Promise<Processor> {
  const directory = await mkdtemp(join(tmpdir(), 'plumbline-'));
  const [grpc, http, api, engine] = (await freePorts(4)) as [number, number, number, number];
  const file = join(directory, 'config.yaml');
  const path = join(directory, 'data');
  const { storeUrl, tokens = [], config = {} } = options;
  // JSON is YAML, so no writer is needed.
  await writeFile(
    file,
    JSON.stringify({
      receive: {
        grpc: { address: `127.0.0.1:${grpc}` },
        http: { address: `127.0.0.1:${http}` },
        tokens,
      },
      storage:
        storeUrl === undefined ? { path, embedded: { port: engine } } : { url: storeUrl, path },
      api: { address: `127.0.0.1:${api}`, ...options.api },
      ...config,
    }),
  );
  let child: ChildProcess;
  let output = '';
  const launch = async (): Promise<void> => {
    child = spawn(process.execPath, [...NODE_FLAGS, MAIN, 'start', '--config', file], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: plainEnvironment(),
      cwd: directory,
    });
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-KEPT_OUTPUT);
    };
    child.stdout!.on('data', keep);
    child.stderr!.on('data', keep);
    const probe = options.until === 'alive' ? 'healthz' : 'readyz';
    await untilReady(`http://127.0.0.1:${api}/${probe}`, () => hasEnded(child));
  };
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (hasEnded(child)) return child.exitCode;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS);
    await ended;
    clearTimeout(timer);
    return child.exitCode;
  };
  const endWithUs = (): void => {
    child.kill('SIGTERM');
  };
  const stop = async (): Promise<number | null> => {
    const code = await end('SIGTERM');
    process.removeListener('exit', endWithUs);
    await rm(directory, { recursive: true, force: true, maxRetries: 3 });
    return code;
  };
  process.once('exit', endWithUs);
  try {
    await launch();
  } catch (error) {
    await stop();
    throw new Error(`the processor did not become ready; it said:\n${output}`, { cause: error });
  }
  return {
    get pid() {
      return child.pid!;
    },
    get output() {
      return output;
    },
    grpcAddress: `127.0.0.1:${grpc}`,
    httpAddress: `127.0.0.1:${http}`,
    adminAddress: `127.0.0.1:${api}`,
    storeUrl: storeUrl ?? `http://127.0.0.1:${engine}`,
    async kill() {
      await end('SIGKILL');
    },
    restart: launch,
    stop,
  };
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

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

/** The environment without settings that would change what an OpenTelemetry SDK or Node does by default. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(OTEL_|NODE_OPTIONS$|UV_THREADPOOL_SIZE$)/.test(name),
    ),
  );
}

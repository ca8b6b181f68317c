import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { engineUrl } from './engineUrl';
import type { FromChild, ToChild } from './protocol';
import type { EmbeddedSettings } from './settings';
import type { EngineUsage } from './usage';

export interface ChildExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

/** A child process that serves. */
export interface ServingChild {
  readonly pid: number;
  readonly port: number;
  readonly url: string;
  readonly version: string;
  readonly usage: EngineUsage | undefined;
  readonly exited: Promise<ChildExit>;
  /** Asks it to finish its inserts and end. */
  stop(): void;
}

/** Why a child did not come to serve. */
export class ChildStartError extends Error {
  override readonly name = 'ChildStartError';
  /** Another process has the data directory open. */
  readonly locked: boolean;

  constructor(message: string, locked: boolean) {
    super(message);
    this.locked = locked;
  }
}

const OUTPUT_CHARS = 4_000;
/** Opening a large directory takes long, but not for ever. */
const START_MS = 120_000;

/**
 * Threads of libuv: each running statement occupies one, and the file system needs some for itself. It is read when
 * the process starts, so it cannot be set in the child.
 */
const threadsFor = ({ limits }: EmbeddedSettings): number =>
  limits.concurrentQueries + limits.concurrentInserts + 8;

/** What the child needs of the environment; it must not see secrets, nor take up the parent's debugger flags. */
const PASSED_ON = [
  'PATH',
  'HOME',
  'TMPDIR',
  'TZ',
  'LANG',
  'LC_ALL',
  'LD_LIBRARY_PATH',
  'DYLD_LIBRARY_PATH',
];

/**
 * Resolves when it serves, rejects with a `ChildStartError` when it ends before. When `kill` aborts it is ended at once.
 */
export function spawnChild(settings: EmbeddedSettings, kill: AbortSignal): Promise<ServingChild> {
  const env: NodeJS.ProcessEnv = { UV_THREADPOOL_SIZE: String(threadsFor(settings)) };
  for (const name of PASSED_ON) if (process.env[name] !== undefined) env[name] = process.env[name];
  const child = fork(settings.script ?? join(__dirname, 'child.js'), [], {
    env,
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const end = (): void => void child.kill('SIGKILL');
  if (kill.aborted) end();
  kill.addEventListener('abort', end);
  const output = lastOutput(child);
  let memoryDirectory: string | undefined;
  child.on('message', (message: FromChild) => {
    if (message.type === 'serving') memoryDirectory = message.memoryDirectory;
  });
  const exited = new Promise<ChildExit>((resolve) => {
    child.once('close', (code, signal) => {
      kill.removeEventListener('abort', end);
      if (memoryDirectory !== undefined) rmSync(memoryDirectory, { recursive: true, force: true });
      resolve({ code, signal, output: output() });
    });
  });
  return untilServing(child, exited, settings);
}

function untilServing(
  child: ChildProcess,
  exited: Promise<ChildExit>,
  settings: EmbeddedSettings,
): Promise<ServingChild> {
  const send = (message: ToChild): void => {
    if (child.connected) child.send(message);
  };
  let usage: EngineUsage | undefined;

  return new Promise((resolve, reject) => {
    let failure: string | undefined;
    const timer = setTimeout(() => {
      failure = `it did not serve within ${START_MS} ms`;
      child.kill('SIGKILL');
    }, START_MS);
    // The program could not be run at all, or its channel broke; in the second case it ends by itself.
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new ChildStartError(error.message, false));
    });
    child.on('message', (message: FromChild) => {
      if (message.type === 'usage') usage = message.usage;
      if (message.type === 'failed') failure = message.reason;
      if (message.type !== 'serving') return;
      clearTimeout(timer);
      const { port, version } = message;
      resolve({
        pid: child.pid!,
        port,
        url: engineUrl(settings.host, port),
        version,
        get usage() {
          return usage;
        },
        exited,
        stop: () => {
          send({ type: 'stop' });
        },
      });
    });
    void exited.then((exit) => {
      clearTimeout(timer);
      reject(new ChildStartError(whyNot(exit, failure), LOCKED.test(exit.output)));
    });
    send({ type: 'open', settings });
  });
}

/** chDB throws a bare "failed" and writes the reason to its standard error. */
const LOCKED = /Code: 76\. .*Cannot lock file/;

function whyNot({ code, signal, output }: ChildExit, failure: string | undefined): string {
  const reason = failure ?? `it ended with ${signal ?? `code ${code ?? 'unknown'}`}`;
  return output === '' ? reason : `${reason}: ${output}`;
}

/** The end of what the child wrote to its standard output and error. */
function lastOutput(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (chunk: string) => {
      text = (text + chunk).slice(-OUTPUT_CHARS);
    });
  }
  return () => text.trim();
}

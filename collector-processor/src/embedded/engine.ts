import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Component } from '../core/component';
import { messageOf } from '../core/errors';
import type { EngineEvent } from './engineEvent';
import { engineUrl } from './engineUrl';
import type { EmbeddedSettings } from './settings';
import { ChildStartError, spawnChild } from './spawnChild';
import { createSupervisor, SUPERVISOR_DEFAULTS } from './supervisor';
import type { EngineUsage } from './usage';

/** The embedded ClickHouse engine: a child process that serves the ClickHouse HTTP interface on one URL. */
export interface EmbeddedEngine extends Component {
  /** Fixed once `start()` has resolved, whatever happens to the child. */
  readonly url: string;
  /** Of the child that serves now; undefined while there is none. */
  readonly pid: number | undefined;
  /** Of that child, at most a second old; undefined until it has told it. */
  readonly usage: EngineUsage | undefined;
  /** A child serves now. */
  ready(): boolean;
}

export interface EngineParts {
  readonly log: (event: EngineEvent) => void;
}

/**
 * Starts the child, starts it again on the same port when it dies, and ends it in order. `start()` rejects when the
 * directory cannot be opened, in particular when another process has it open; later failures are retried.
 */
export function createEmbeddedEngine(
  { log }: EngineParts,
  settings: EmbeddedSettings,
): EmbeddedEngine {
  let { port } = settings;
  const spawn = async (kill: AbortSignal): ReturnType<typeof spawnChild> => {
    const child = await spawnChild({ ...settings, port }, kill);
    port = child.port;
    return child;
  };
  const supervisor = createSupervisor({ spawn, log }, SUPERVISOR_DEFAULTS);

  return {
    get url() {
      return engineUrl(settings.host, port);
    },
    get pid() {
      return supervisor.child?.pid;
    },
    get usage() {
      return supervisor.child?.usage;
    },
    ready: () => supervisor.child !== undefined,
    async start() {
      if (settings.users.length === 0 && !LOOPBACK.has(settings.host))
        throw new Error(
          `the embedded ClickHouse engine would be open to everybody on ${settings.host}: configure users with passwords`,
        );
      try {
        await supervisor.start();
      } catch (error) {
        throw new Error(explain(settings.path, error), { cause: error });
      }
    },
    stop: (deadline) => supervisor.stop(deadline),
  };
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

function explain(path: string, error: unknown): string {
  if (error instanceof ChildStartError && error.locked)
    return (
      `the data directory ${path} is in use by another process${holder(path)}: stop that one, ` +
      'or give this one a directory of its own (storage.path)'
    );
  return `the embedded ClickHouse engine cannot open ${path}: ${messageOf(error)}`;
}

/** The engine that has a directory open says so in its `status` file. */
function holder(path: string): string {
  try {
    const pid = /^PID: (\d+)$/m.exec(readFileSync(join(path, 'status'), 'utf8'))?.[1];
    return pid === undefined ? '' : ` (PID ${pid})`;
  } catch {
    return '';
  }
}

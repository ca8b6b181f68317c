import type { AddressInfo } from 'node:net';
import { messageOf } from '../core/errors';
import { openChdb } from './openChdb';
import type { Chdb } from './openChdb';
import { openFront } from './openFront';
import type { OpenFront } from './openFront';
import type { FromChild, ToChild } from './protocol';
import type { EmbeddedSettings } from './settings';
import { readUsage } from './readUsage';

/**
 * The program of the child process: opens a chDB data directory and serves the ClickHouse HTTP interface, as told by
 * the supervisor over IPC. It ends when it is told to, and when its supervisor is gone.
 */
const USAGE_EVERY_MS = 1_000;
const ORPHAN_DRAIN_MS = 10_000;

const tell = (message: FromChild): void => {
  if (process.connected) process.send?.(message);
};

async function serve(settings: EmbeddedSettings): Promise<() => Promise<void>> {
  const chdb = openChdb(settings);
  const open = await openFront(chdb, settings);
  await new Promise<void>((resolve, reject) => {
    open.server.once('error', reject);
    open.server.listen(settings.port, settings.host, resolve);
  });
  const reports = setInterval(() => {
    tell({ type: 'usage', usage: readUsage(open.parts) });
  }, USAGE_EVERY_MS);
  tell({
    type: 'serving',
    port: (open.server.address() as AddressInfo).port,
    version: chdb.version,
    memoryDirectory: open.parts.spool.memoryDirectory,
  });
  return async () => {
    clearInterval(reports);
    await close(chdb, open);
  };
}

async function close(chdb: Chdb, { front, parts, server }: OpenFront): Promise<void> {
  server.close();
  server.closeIdleConnections();
  await front.drain();
  server.closeAllConnections();
  parts.sessions.close();
  parts.pool.close();
  parts.spool.close();
  chdb.close();
}

function main(): void {
  let stopping: Promise<void> | undefined;
  let served: Promise<() => Promise<void>> | undefined;
  const stop = (): void => {
    stopping ??= (async () => {
      const end = await served?.catch(() => undefined);
      await end?.();
      if (process.connected) process.disconnect();
    })();
  };
  process.on('message', (message: ToChild) => {
    if (message.type === 'stop') {
      stop();
      return;
    }
    served ??= serve(message.settings);
    served.catch((error: unknown) => {
      tell({ type: 'failed', reason: messageOf(error) });
      stop();
    });
  });
  process.on('SIGTERM', stop);
  // Ctrl-C in a terminal reaches the whole process group; the supervisor decides in which order things end.
  process.on('SIGINT', () => undefined);
  process.on('disconnect', () => {
    stop();
    // Nobody is left who would end a statement that hangs.
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), ORPHAN_DRAIN_MS).unref();
  });
}

main();

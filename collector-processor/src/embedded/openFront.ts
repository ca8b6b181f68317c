import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createFront } from './front';
import type { Front } from './front';
import type { FrontParts } from './frontParts';
import { createNamedSessions } from './namedSessions';
import type { Chdb } from './openChdb';
import { createResultPipes } from './resultPipes';
import { createSessionPool } from './sessionPool';
import type { EmbeddedSettings } from './settings';
import { createSlots } from './slots';
import type { Slots } from './slots';
import { createSourceGuard } from './sourceGuard';
import { createSpool } from './spool';
import { createUsageCounts } from './usageCounts';

export interface OpenFront {
  readonly front: Front;
  readonly parts: FrontParts;
  readonly server: Server;
}

const MEMORY_ROOT = '/dev/shm';

/** The HTTP interface on an open engine, not listening yet. */
export async function openFront(chdb: Chdb, settings: EmbeddedSettings): Promise<OpenFront> {
  const { limits } = settings;
  const slots = (name: string, concurrent: number): Slots =>
    createSlots({ name, concurrent, waiting: limits.waitingRequests, waitMs: limits.slotWaitMs });
  const directory = join(resolve(settings.path), 'plumbline');
  emptyDirectory(directory);
  const spool = createSpool({
    directory,
    memoryRoot: MEMORY_ROOT,
    name: createHash('sha256').update(resolve(settings.path)).digest('hex').slice(0, 16),
    memoryBytes: limits.memoryFileBytes,
  });
  const parts: FrontParts = {
    chdb,
    pool: createSessionPool(chdb, {
      idle: limits.concurrentQueries + limits.concurrentInserts,
      lingering: limits.lingeringSessions,
    }),
    sessions: createNamedSessions(chdb, {
      sessions: limits.namedSessions,
      waiting: limits.waitingRequests,
      waitMs: limits.slotWaitMs,
    }),
    spool,
    pipes: createResultPipes(directory, limits.concurrentQueries),
    guard: settings.externalSources ? undefined : await guardOf(chdb),
    querySlots: slots('query', limits.concurrentQueries),
    insertSlots: slots('insert', limits.concurrentInserts),
    uploadSlots: slots('upload', limits.concurrentUploads),
    counts: createUsageCounts(),
    running: new Set(),
    limits,
  };
  const front = createFront(parts, settings.users);
  const server = createServer(
    // Longer than clients keep idle connections by default, so that they close them and not we.
    { keepAliveTimeout: 30_000, requestTimeout: 300_000, maxHeaderSize: 1024 * 1024 },
    (request, response) => void front.handle(request, response),
  );
  server.maxConnections = 1024;
  return { front, parts, server };
}

/** For files on their way into the engine and results on their way out; what a killed predecessor left there goes. */
function emptyDirectory(directory: string): void {
  // The engine expands these in the names of files that it reads.
  if (/[*?{}]/.test(directory))
    throw new Error(`the data directory ${directory} must not have * ? { or } in its name`);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { mode: 0o700 });
}

async function guardOf(chdb: Chdb): Promise<FrontParts['guard']> {
  const connection = chdb.connect();
  const names = async (sql: string): Promise<string[]> =>
    (await connection.run(sql, 'JSONCompactColumns')).json<string[][]>()[0] ?? [];
  const functions = await names('SELECT name FROM system.table_functions');
  const engines = await names(
    'SELECT name FROM system.table_engines UNION ALL SELECT name FROM system.database_engines',
  );
  connection.close();
  return createSourceGuard(functions, engines);
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Session } from 'chdb';
import type { ChdbResult } from 'chdb';
import { chdbConfig } from './chdbConfig';
import { quoteText } from './quote';
import type { EmbeddedSettings } from './settings';

/** One connection to the engine. It runs one statement at a time; settings set on it stay. */
export interface ChdbConnection {
  /** In the `log_comment` of its statements, by which `cancel` finds them. */
  readonly marker: string;
  run(sql: string, format?: string): Promise<ChdbResult>;
  close(): void;
}

/** The engine of this process with its data directory open. */
export interface Chdb {
  readonly version: string;
  readonly timezone: string;
  /** Connections that are closed but wait to be freed until the statements that ran then have ended. */
  readonly lingering: number;
  connect(): ChdbConnection;
  /** Asks the engine to end what runs on this connection; it stops at the next block of rows. */
  cancel(connection: ChdbConnection): Promise<void>;
  close(): void;
}

/** Throws when the directory cannot be opened. */
export function openChdb(settings: EmbeddedSettings): Chdb {
  mkdirSync(settings.path, { recursive: true, mode: 0o700 });
  const config = join(settings.path, 'plumbline.xml');
  writeFileSync(config, chdbConfig(settings), { mode: 0o600 });
  const connectionArgs = [
    `--config-file=${config}`,
    // chDB takes a bare expression for a SELECT, a ClickHouse server does not.
    '--implicit_select=0',
    `--max_memory_usage=${settings.limits.queryMemoryBytes}`,
  ];
  const open = (): Session => new Session(settings.path, { connectionArgs });
  const control = open();
  const running = new Set<Promise<unknown>>();
  let connections = 0;
  let lingering = 0;

  const track = async (result: Promise<ChdbResult>): Promise<ChdbResult> => {
    running.add(result);
    try {
      return await result;
    } finally {
      running.delete(result);
    }
  };

  return {
    version: control.query('SELECT version()', 'TSVRaw').trim(),
    timezone: control.query('SELECT timezone()', 'TSVRaw').trim(),
    get lingering() {
      return lingering;
    },
    connect() {
      const session = open();
      return {
        marker: `[plumbline ${(connections += 1)}]`,
        run: (sql, format = 'TSV') => track(session.queryAsync(sql, { format })),
        close() {
          // The package frees a connection only when all statements that run at this moment, on any one, have ended.
          lingering += 1;
          void Promise.allSettled([...running]).then(() => (lingering -= 1));
          session.close();
        },
      };
    },
    async cancel(connection) {
      const where = `endsWith(Settings['log_comment'], ${quoteText(connection.marker)})`;
      await track(control.queryAsync(`KILL QUERY WHERE ${where} ASYNC`, { format: 'Null' }));
    },
    close() {
      control.close();
    },
  };
}

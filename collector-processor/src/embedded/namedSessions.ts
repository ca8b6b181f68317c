import { ClickHouseError } from './clickHouseError';
import type { Lease, LeaseRequest } from './lease';
import type { Chdb, ChdbConnection } from './openChdb';
import { quoteName, quoteText } from './quote';
import type { RequestOptions } from './requestOptions';

export interface NamedSessions {
  readonly count: number;
  /** Waits for the requests of the same session that came before. */
  lease(user: string, session: NonNullable<RequestOptions['session']>, request: LeaseRequest): Promise<Lease>;
  close(): void;
}

interface Named {
  readonly connection: ChdbConnection;
  /** Resolves when the last request so far has ended. */
  tail: Promise<void>;
  users: number;
  expiry: NodeJS.Timeout | undefined;
}

/** Sessions that clients keep open by `session_id`, with their temporary tables and SET statements. */
export function createNamedSessions(chdb: Chdb, limit: number): NamedSessions {
  const sessions = new Map<string, Named>();

  const find = async (key: string, mustExist: boolean, readOnly: boolean): Promise<Named> => {
    const known = sessions.get(key);
    if (known !== undefined) return known;
    if (mustExist) throw ClickHouseError.of('SESSION_NOT_FOUND', 'Session not found or expired');
    if (sessions.size >= limit)
      throw ClickHouseError.of('TOO_MANY_SIMULTANEOUS_QUERIES', `Too many sessions, maximum: ${limit}`);
    const connection = chdb.connect();
    const prepared = connection.run(
      `SET log_comment = ${quoteText(connection.marker)}${readOnly ? ', readonly = 2' : ''}`,
    );
    const made: Named = {
      connection,
      tail: prepared.then(() => undefined),
      users: 0,
      expiry: undefined,
    };
    sessions.set(key, made);
    await made.tail;
    return made;
  };

  const expireLater = (key: string, named: Named, timeoutSeconds: number): void => {
    if (named.users > 0) return;
    named.expiry = setTimeout(() => {
      sessions.delete(key);
      named.connection.close();
    }, timeoutSeconds * 1000);
    named.expiry.unref();
  };

  return {
    get count() {
      return sessions.size;
    },
    async lease(user, session, request) {
      const key = JSON.stringify([user, session.id]);
      const named = await find(key, session.mustExist, request.readOnly);
      clearTimeout(named.expiry);
      named.users += 1;
      const before = named.tail;
      let free = (): void => undefined;
      named.tail = new Promise((resolve) => (free = resolve));
      await before;
      const leave = (): void => {
        named.users -= 1;
        free();
        expireLater(key, named, session.timeoutSeconds);
      };
      try {
        const restore = await applyState(named.connection, request);
        return {
          connection: named.connection,
          run: (sql, format) => named.connection.run(sql, format),
          end: () => void restore().finally(leave),
        };
      } catch (error) {
        leave();
        throw error;
      }
    },
    close() {
      for (const named of sessions.values()) {
        clearTimeout(named.expiry);
        named.connection.close();
      }
      sessions.clear();
    },
  };
}

/**
 * A setting or database in the URL is for this request only, a SET or USE statement for the session, so what the URL
 * changes is put back. Parameters cannot be taken back; the next request that uses one of the same name sets it anew.
 */
async function applyState(connection: ChdbConnection, { state }: LeaseRequest): Promise<() => Promise<void>> {
  const undo: string[] = [];
  if (state.database !== undefined) {
    const database = await connection.run('SELECT currentDatabase()', 'TSVRaw');
    undo.push(`USE ${quoteName(database.text().trimEnd())}`);
    await connection.run(`USE ${quoteName(state.database)}`);
  }
  if (state.changed.length > 0) {
    const names = state.changed.map(quoteText).join(', ');
    const told = await connection.run(
      `SELECT name, value FROM system.settings WHERE name IN (${names})`,
      'JSONCompact',
    );
    const before = told.json<{ data: [string, string][] }>().data;
    const sets = before.map(([name, value]) => `${quoteName(name)} = ${quoteText(value)}`);
    if (sets.length > 0) undo.push(`SET ${sets.join(', ')}`);
  }
  await connection.run(state.set);
  return async () => {
    // A session that set `readonly` itself cannot go back, which is what it wanted.
    for (const statement of undo) await connection.run(statement).catch(() => undefined);
  };
}

import { borrowState } from './borrowState';
import { ClickHouseError } from './clickHouseError';
import type { Lease, LeaseRequest } from './lease';
import type { Chdb, ChdbConnection } from './openChdb';
import { quoteText } from './quote';
import type { RequestOptions } from './requestOptions';

export interface NamedSessions {
  readonly count: number;
  /** Waits for the requests of the same session that came before. */
  lease(
    user: string,
    session: NonNullable<RequestOptions['session']>,
    request: LeaseRequest,
  ): Promise<Lease>;
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
      throw ClickHouseError.of(
        'TOO_MANY_SIMULTANEOUS_QUERIES',
        `Too many sessions, maximum: ${limit}`,
      );
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
        const restore = await borrowState(named.connection, request);
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

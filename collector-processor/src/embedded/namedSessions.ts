import { ClickHouseError } from './clickHouseError';
import type { Chdb, ChdbConnection } from './openChdb';
import { quoteText } from './quote';
import type { RequestOptions } from './requestOptions';
import type { EmbeddedUser } from './settings';
import { createSlots } from './slots';
import type { Slots } from './slots';

/** The turn of one request in its session. */
export interface SessionTurn {
  readonly connection: ChdbConnection;
  /** To be called once; lets the next request of the session in. */
  leave(): void;
}

/** Sessions that clients keep open by `session_id`, with their temporary tables and SET statements. */
export interface NamedSessions {
  /** Waits for the requests of the same session that came before. */
  enter(
    user: EmbeddedUser,
    session: NonNullable<RequestOptions['session']>,
    gone: AbortSignal,
  ): Promise<SessionTurn>;
  close(): void;
}

export interface NamedSessionSettings {
  readonly sessions: number;
  /** Requests that may wait for their turn in one session, and how long, milliseconds. */
  readonly waiting: number;
  readonly waitMs: number;
}

interface Named {
  readonly connection: ChdbConnection;
  readonly prepared: Promise<unknown>;
  readonly turns: Slots;
  expiry: NodeJS.Timeout | undefined;
}

export function createNamedSessions(chdb: Chdb, settings: NamedSessionSettings): NamedSessions {
  const sessions = new Map<string, Named>();

  const open = (key: string, user: EmbeddedUser): Named => {
    if (sessions.size >= settings.sessions)
      throw ClickHouseError.of(
        'TOO_MANY_SIMULTANEOUS_QUERIES',
        `Too many sessions, maximum: ${settings.sessions}`,
      );
    const connection = chdb.connect();
    const marker = `SET log_comment = ${quoteText(connection.marker)}`;
    const made: Named = {
      connection,
      prepared: connection.run(user.readOnly ? `${marker}, readonly = 2` : marker),
      turns: createSlots({
        name: 'session',
        concurrent: 1,
        waiting: settings.waiting,
        waitMs: settings.waitMs,
      }),
      expiry: undefined,
    };
    sessions.set(key, made);
    return made;
  };

  const expireLater = (key: string, named: Named, timeoutSeconds: number): void => {
    if (named.turns.running > 0) return;
    named.expiry = setTimeout(() => {
      sessions.delete(key);
      named.connection.close();
    }, timeoutSeconds * 1000);
    named.expiry.unref();
  };

  return {
    async enter(user, session, gone) {
      const key = JSON.stringify([user.name, session.id]);
      const known = sessions.get(key);
      if (known === undefined && session.mustExist)
        throw ClickHouseError.of('SESSION_NOT_FOUND', 'Session not found or expired');
      const named = known ?? open(key, user);
      const release = await named.turns.take(gone);
      clearTimeout(named.expiry);
      const leave = (): void => {
        release();
        expireLater(key, named, session.timeoutSeconds);
      };
      try {
        await named.prepared;
      } catch (error) {
        // It never came to be; the next request may try again.
        if (sessions.get(key) === named) sessions.delete(key);
        named.connection.close();
        release();
        throw error;
      }
      return { connection: named.connection, leave };
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

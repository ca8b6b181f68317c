import type { ChdbResult } from 'chdb';
import { ClickHouseError } from './clickHouseError';
import type { Lease } from './lease';
import type { Chdb, ChdbConnection } from './openChdb';
import { quoteName, quoteText } from './quote';
import type { RequestState } from './requestState';

export interface LeaseRequest {
  readonly state: RequestState;
  readonly readOnly: boolean;
  /** The statement leaves nothing behind on the connection, as a SET or a temporary table would. */
  readonly traceless: boolean;
}

export interface SessionPool {
  /** Throws what the engine says about the request's settings, parameters or database. */
  lease(request: LeaseRequest): Promise<Lease>;
  close(): void;
}

interface Held {
  readonly connection: ChdbConnection;
  readonly readOnly: boolean;
  prelude: string;
}

/**
 * Connections for requests without a session of their own. Everything that is set on a connection stays on it, so a
 * request with settings or parameters gets a fresh one, which is closed afterwards. The frequent plain ones share
 * connections, because a closed one is not freed before the longest statement of that moment has ended.
 */
export function createSessionPool(
  chdb: Chdb,
  settings: { readonly idle: number; readonly lingering: number },
): SessionPool {
  const idle: Held[] = [];

  const pick = (request: LeaseRequest): Held | undefined => {
    if (!isReusable(request)) return undefined;
    const fits = idle.filter((held) => held.readOnly === request.readOnly);
    const picked = fits.find((held) => held.prelude === preludeOf(request)) ?? fits[0];
    if (picked !== undefined) idle.splice(idle.indexOf(picked), 1);
    return picked;
  };

  const fresh = async (request: LeaseRequest): Promise<Held> => {
    const { state, readOnly } = request;
    if (!isReusable(request) && chdb.lingering >= settings.lingering)
      throw ClickHouseError.of(
        'TOO_MANY_SIMULTANEOUS_QUERIES',
        `Too many engine connections wait to be freed behind long statements, maximum: ${settings.lingering}`,
      );
    const connection = chdb.connect();
    const comment = `log_comment = ${quoteText(`${state.logComment} ${connection.marker}`.trim())}`;
    // `readonly` cannot be taken back, so these connections are kept apart.
    await connection.run(`SET ${comment}${readOnly ? ', readonly = 2' : ''}`);
    return { connection, readOnly, prelude: '' };
  };

  return {
    async lease(request) {
      const held = pick(request) ?? (await fresh(request));
      let reusable = isReusable(request);
      const run = async (sql: string, format?: string): Promise<ChdbResult> => {
        try {
          return await held.connection.run(sql, format);
        } catch (error) {
          // Whatever a failed statement left behind is not for the next one.
          reusable = false;
          throw error;
        }
      };
      const end = (): Promise<void> => {
        if (reusable && idle.length < settings.idle) idle.push(held);
        else held.connection.close();
        return Promise.resolve();
      };
      try {
        const prelude = preludeOf(request);
        if (held.prelude !== prelude) await run(prelude);
        held.prelude = prelude;
      } catch (error) {
        await end();
        throw error;
      }
      return { connection: held.connection, run, end };
    },
    close() {
      for (const held of idle.splice(0)) held.connection.close();
    },
  };
}

const isReusable = ({ state, traceless }: LeaseRequest): boolean => state.plain && traceless;

const preludeOf = ({ state }: LeaseRequest): string =>
  `USE ${quoteName(state.database ?? 'default')}; ${state.set}`;

import type { Lease } from './lease';
import type { SessionTurn } from './namedSessions';
import type { ChdbConnection } from './openChdb';
import { quoteName, quoteText } from './quote';
import type { RequestState } from './requestState';

/**
 * The use of a session's connection for one request. A setting or database in the URL is for this request only, a SET
 * or USE statement for the session, so what the URL changes is put back. Parameters cannot be taken back; the next
 * request that uses one of the same name sets it anew.
 */
export async function borrowSession(turn: SessionTurn, state: RequestState): Promise<Lease> {
  const { connection } = turn;
  const undo = await undoOf(connection, state);
  if (state.database !== undefined) await connection.run(`USE ${quoteName(state.database)}`);
  await connection.run(state.set);
  return {
    connection,
    run: (sql, format) => connection.run(sql, format),
    async end() {
      // A session that set `readonly` itself cannot go back, which is what it wanted.
      for (const statement of undo) await connection.run(statement).catch(() => undefined);
    },
  };
}

/** The statements that put back what the state changes. */
async function undoOf(connection: ChdbConnection, state: RequestState): Promise<string[]> {
  const undo: string[] = [];
  if (state.database !== undefined) {
    const database = await connection.run('SELECT currentDatabase()', 'TSVRaw');
    undo.push(`USE ${quoteName(database.text().trimEnd())}`);
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
  return undo;
}

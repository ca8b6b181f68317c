import type { ClickHouseClient } from '@clickhouse/client';
import { isOlderTable } from './checkTables';

/**
 * Tells rows that a table will never take from a table that was changed under us: after `ALTER TABLE … MODIFY COLUMN`
 * ClickHouse blames each row with the codes of bad data, and without this all of them would be given up on.
 */
export interface TableShapes {
  /** Whether the table is an older exporter's, as it was first seen. Rejects when the store cannot be asked. */
  isOlder(table: string): Promise<boolean>;
  /** The table took rows: the columns it has now are right. */
  accepted(table: string): void;
  /**
   * Why the table is or may be to blame for refused rows; undefined when it took rows before and its columns are the
   * same. Rejects when the store cannot be asked.
   */
  blame(table: string): Promise<Blame | undefined>;
}

export interface Blame {
  readonly reason: string;
  /** False: it has not taken any rows yet, so that nobody can say whose fault it is. */
  readonly proven: boolean;
}

interface Described {
  readonly name: string;
  readonly type: string;
}

type Columns = ReadonlyMap<string, string>;

async function describe(client: ClickHouseClient, table: string): Promise<Columns> {
  const answer = await client.query({ query: `DESCRIBE TABLE ${table}`, format: 'JSONEachRow' });
  const columns = await answer.json<Described>();
  return new Map(columns.map(({ name, type }) => [name, type]));
}

function difference(before: Columns, now: Columns): string | undefined {
  for (const [name, type] of before) {
    const found = now.get(name);
    if (found === undefined) return `column ${name} is gone`;
    if (found !== type) return `column ${name} was ${type} and is ${found}`;
  }
  for (const name of now.keys()) if (!before.has(name)) return `column ${name} is new`;
  return undefined;
}

export function createTableShapes(client: ClickHouseClient): TableShapes {
  const known = new Map<string, Promise<Columns | undefined>>();
  const older = new Map<string, Promise<boolean>>();
  return {
    isOlder(table) {
      let asked = older.get(table);
      if (asked === undefined) {
        asked = isOlderTable(client, table);
        older.set(table, asked);
        asked.catch(() => older.delete(table));
      }
      return asked;
    },
    accepted(table) {
      if (known.has(table)) return;
      const asked = describe(client, table).catch(() => {
        known.delete(table);
        return undefined;
      });
      known.set(table, asked);
    },
    async blame(table) {
      const before = await known.get(table);
      if (before === undefined) {
        return { reason: `${table} has not taken any rows since the start`, proven: false };
      }
      const changed = difference(before, await describe(client, table));
      if (changed === undefined) return undefined;
      return { reason: `${table} was changed: ${changed}`, proven: true };
    },
  };
}

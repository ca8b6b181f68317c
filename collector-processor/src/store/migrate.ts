import type { ClickHouseClient } from '@clickhouse/client';
import {
  type Cluster,
  clusterStatements,
  loadMigrations,
  type Migration,
} from '@plumbline/schemas';
import { checkTables } from './checkTables';
import { codeOf } from './errorClass';

export interface MigrationEvents {
  migrationApplied(migration: { name: string; durationMs: number }): void;
}

export interface MigrateParts {
  readonly client: ClickHouseClient;
  readonly events: MigrationEvents;
  /** Default: the migrations of the schemas package. */
  readonly migrations?: readonly Migration[];
  /** Default: one server. */
  readonly cluster?: Cluster | null;
}

export type MigrationReport =
  | { readonly status: 'ready'; readonly applied: readonly string[] }
  /** The database is not one that this binary may write to; `reason` says what to do. */
  | { readonly status: 'refused'; readonly reason: string };

interface AppliedMigration {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
}

/** Several replicas may record the same migration; the rows are the same and collapse. */
const CREATE_RECORDS = `CREATE TABLE IF NOT EXISTS ml_migrations (
  number UInt32,
  name String,
  checksum String,
  applied_at DateTime64(3) DEFAULT now64(3)
) ENGINE = ReplacingMergeTree
ORDER BY (number, checksum)`;

const fileOf = ({ number, name }: { number: number; name: string }): string =>
  `${String(number).padStart(4, '0')}_${name}`;

const readApplied = async (client: ClickHouseClient): Promise<AppliedMigration[]> => {
  const answer = await client.query({
    query: 'SELECT DISTINCT number, name, checksum FROM ml_migrations ORDER BY number',
    format: 'JSONEachRow',
  });
  return answer.json<AppliedMigration>();
};

/** Why the recorded migrations forbid this binary to go on; undefined when they do not. */
function conflictWith(
  applied: readonly AppliedMigration[],
  migrations: readonly Migration[],
): string | undefined {
  const known = new Map(migrations.map((migration) => [migration.number, migration]));
  for (const record of applied) {
    const migration = known.get(record.number);
    if (migration === undefined) {
      return `the database has schema ${fileOf(record)}, which this version of Plumbline does not know; start the version that made it, or a newer one`;
    }
    if (migration.checksum !== record.checksum) {
      return `migration ${fileOf(migration)} is not the one that was applied to this database (${fileOf(record)}, ${record.checksum.slice(0, 12)}); use an unchanged build, or an empty database`;
    }
  }
  return undefined;
}

const ATTEMPTS = 20;
const PAUSE_MS = 100;
const UNKNOWN_TABLE = '60';

/**
 * Replacing a view is not atomic in the embedded engine: for a moment there is none, and another replica that starts at
 * the same time may need it just then.
 */
async function patiently(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work();
      return;
    } catch (error) {
      if (codeOf(error) !== UNKNOWN_TABLE || attempt === ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

/**
 * Brings the database to the schema of this binary. Every statement may run any number of times, so replicas that start
 * together do no harm, and a start that was cut short is finished by the next one: a migration is recorded after its
 * last statement. A view is created `IF NOT EXISTS`; a later migration that changes one uses `CREATE OR REPLACE VIEW`.
 */
export async function migrate(parts: MigrateParts): Promise<MigrationReport> {
  const { client, events, migrations = loadMigrations(), cluster = null } = parts;
  const run = async (statement: string): Promise<void> => {
    const queries = cluster === null ? [statement] : clusterStatements(statement, cluster);
    for (const query of queries) await patiently(() => client.command({ query }));
  };
  await run(CREATE_RECORDS);
  const recorded = await readApplied(client);
  const conflict = conflictWith(recorded, migrations);
  if (conflict !== undefined) return { status: 'refused', reason: conflict };

  const done = new Set(recorded.map(({ number }) => number));
  const applied: string[] = [];
  for (const migration of migrations) {
    if (done.has(migration.number)) continue;
    const startedAt = performance.now();
    for (const statement of migration.statements) await run(statement);
    const { number, name, checksum } = migration;
    await client.insert({
      table: 'ml_migrations',
      columns: ['number', 'name', 'checksum'],
      values: [{ number, name, checksum }],
      format: 'JSONEachRow',
    });
    events.migrationApplied({
      name: fileOf(migration),
      durationMs: performance.now() - startedAt,
    });
    applied.push(fileOf(migration));
  }
  const unfit = await checkTables(client);
  return unfit === undefined ? { status: 'ready', applied } : { status: 'refused', reason: unfit };
}

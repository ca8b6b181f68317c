/** A cluster of ClickHouse servers, as `storage.cluster` and `storage.database` name it. */
export interface Cluster {
  readonly name: string;
  readonly database: string;
}

/**
 * Names in a cluster: every statement of ours uses the plain name, which is the Distributed table there, so that inserts,
 * views and windows need not know. Only what belongs to one server (its rows, TTL and materialised views) has this one.
 */
export const localName = (table: string): string => `${table}_local`;

/** Small tables that are whole on every server, because others are looked up in them. */
const EVERYWHERE: ReadonlySet<string> = new Set([
  'ml_migrations',
  'ml_prices',
  'ml_bins',
  'ml_baselines',
]);

/** Where a table is when it is asked for what belongs to one server. */
export const storedName = (table: string, cluster: Cluster | null): string =>
  cluster === null || EVERYWHERE.has(table) ? table : localName(table);

/**
 * Which shard a row goes to. A row and its newer copies have one key and must meet on one shard, or no reader could tell
 * them apart: unless named here, tables are spread by their whole sorting key. Rows of a trace stay together.
 */
const SHARDED_BY: Readonly<Record<string, string>> = {
  otel_traces: 'cityHash64(TraceId)',
  otel_traces_trace_id_ts: 'cityHash64(TraceId)',
  ml_inferences: 'cityHash64(inference_id)',
};
/** Tables of the exporter that have no duplicates to bring together. */
const ANYWHERE = /^otel_(?:logs|metrics_)/;

const TABLE =
  /^CREATE TABLE IF NOT EXISTS (\w+) (\([^]*\)) ENGINE = (\w*MergeTree)(?:\(([^)]*)\))?([^]*)$/;
const MATERIALIZED = /^CREATE MATERIALIZED VIEW IF NOT EXISTS (\w+) TO (\w+) AS\s+([^]*)$/;
const VIEW = /^CREATE (OR REPLACE VIEW|VIEW IF NOT EXISTS) (\w+) AS/;
const ALTER = /^ALTER TABLE (\w+) /;
const SORTED_BY = /\bORDER BY (\w+|\([^]*?\))(?=\s+SETTINGS\b|\s*$)/;

function shardingOf(table: string, rest: string): string {
  const named = SHARDED_BY[table];
  if (named !== undefined) return named;
  if (ANYWHERE.test(table)) return 'rand()';
  const key = SORTED_BY.exec(rest)?.[1];
  if (key === undefined) throw new Error(`${table} has no sorting key to spread its rows by`);
  return `cityHash64${key.startsWith('(') ? key : `(${key})`}`;
}

function tableStatements(match: RegExpExecArray, { name, database }: Cluster): string[] {
  const [, table, columns, engine, parameters = '', rest] = match as unknown as string[];
  const onCluster = `ON CLUSTER '${name}'`;
  if (EVERYWHERE.has(table!)) {
    const place = [`'/clickhouse/tables/{database}/{table}'`, `'{shard}-{replica}'`];
    const all = parameters === '' ? place : [...place, parameters];
    return [
      `CREATE TABLE IF NOT EXISTS ${table!} ${onCluster} ${columns!} ENGINE = Replicated${engine!}(${all.join(', ')})${rest!}`,
    ];
  }
  const local = localName(table!);
  const version = parameters === '' ? '' : `(${parameters})`;
  const sharding = shardingOf(table!, rest!);
  return [
    `CREATE TABLE IF NOT EXISTS ${local} ${onCluster} ${columns!} ENGINE = Replicated${engine!}${version}${rest!}`,
    `CREATE TABLE IF NOT EXISTS ${table!} ${onCluster} AS ${local} ENGINE = Distributed('${name}', '${database}', '${local}', ${sharding})`,
  ];
}

/**
 * A statement of a migration as a cluster needs it: `ON CLUSTER`, a replicated table for each shard's rows (at the
 * server's default path) and a Distributed one over them. Throws for a statement that it does not know how to spread: a
 * migration that nobody has thought through for clusters.
 */
export function clusterStatements(statement: string, cluster: Cluster): string[] {
  const table = TABLE.exec(statement);
  if (table !== null) return tableStatements(table, cluster);
  const onCluster = `ON CLUSTER '${cluster.name}'`;
  const materialized = MATERIALIZED.exec(statement);
  if (materialized !== null) {
    // Each server's view sees the rows that are inserted there, and keeps what it makes of them there.
    const [, view, target, select] = materialized;
    const local = select!.replace(
      /\bFROM (\w+)/,
      (_, source: string) => `FROM ${localName(source)}`,
    );
    return [
      `CREATE MATERIALIZED VIEW IF NOT EXISTS ${view!} ${onCluster} TO ${localName(target!)} AS ${local}`,
    ];
  }
  if (VIEW.test(statement)) {
    return [
      statement.replace(
        VIEW,
        (_, how: string, view: string) => `CREATE ${how} ${view} ${onCluster} AS`,
      ),
    ];
  }
  if (ALTER.test(statement)) {
    return [
      statement.replace(
        ALTER,
        (_, name: string) => `ALTER TABLE ${storedName(name, cluster)} ${onCluster} `,
      ),
    ];
  }
  throw new Error(`no way to run this on a cluster: ${statement.slice(0, 60)}`);
}

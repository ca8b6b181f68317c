import { describe, expect, test } from '@jest/globals';
import { clusterStatements, storedName } from './cluster';
import { loadMigrations } from './migrations';

const CLUSTER = { name: 'main', database: 'plumbline' };
const render = (statement: string): string[] => clusterStatements(statement, CLUSTER);

describe('clusterStatements', () => {
  test('a table becomes a replicated one on each shard and a distributed one over them', () => {
    expect(
      render(
        'CREATE TABLE IF NOT EXISTS t (a String) ENGINE = ReplacingMergeTree(v)\nORDER BY (a, b)\nSETTINGS x = 1',
      ),
    ).toEqual([
      "CREATE TABLE IF NOT EXISTS t_local ON CLUSTER 'main' (a String) ENGINE = ReplicatedReplacingMergeTree(v)\nORDER BY (a, b)\nSETTINGS x = 1",
      "CREATE TABLE IF NOT EXISTS t ON CLUSTER 'main' AS t_local ENGINE = Distributed('main', 'plumbline', 't_local', cityHash64(a, b))",
    ]);
  });

  test('prices are whole on every server', () => {
    expect(
      render(
        'CREATE TABLE IF NOT EXISTS ml_prices (a String) ENGINE = ReplacingMergeTree(w) ORDER BY a',
      ),
    ).toEqual([
      "CREATE TABLE IF NOT EXISTS ml_prices ON CLUSTER 'main' (a String) ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{database}/{table}', '{shard}-{replica}', w) ORDER BY a",
    ]);
    expect(storedName('ml_prices', CLUSTER)).toBe('ml_prices');
  });

  test('copies of an inference meet on one shard, and so do spans of a trace', () => {
    const all = loadMigrations().flatMap(({ statements }) => statements.flatMap(render));
    const sharding = (table: string): string | undefined =>
      all.map((text) => new RegExp(`'${table}_local', (.*)\\)$`).exec(text)?.[1]).find(Boolean);
    expect(sharding('ml_inferences')).toBe('cityHash64(inference_id)');
    expect(sharding('otel_traces')).toBe('cityHash64(TraceId)');
    expect(sharding('ml_models')).toBe('cityHash64(tenant, environment, model)');
  });

  test('a materialised view stays on its server, a view reads all of them, a change reaches the rows', () => {
    expect(
      render('CREATE MATERIALIZED VIEW IF NOT EXISTS v TO t AS\nSELECT a FROM s WHERE b'),
    ).toEqual([
      "CREATE MATERIALIZED VIEW IF NOT EXISTS v ON CLUSTER 'main' TO t_local AS SELECT a FROM s_local WHERE b",
    ]);
    expect(render('CREATE OR REPLACE VIEW v AS SELECT a FROM s')).toEqual([
      "CREATE OR REPLACE VIEW v ON CLUSTER 'main' AS SELECT a FROM s",
    ]);
    expect(render('ALTER TABLE t REMOVE TTL')).toEqual([
      "ALTER TABLE t_local ON CLUSTER 'main' REMOVE TTL",
    ]);
  });

  test('every statement of every migration is known, and runs everywhere', () => {
    for (const { statements } of loadMigrations()) {
      for (const text of statements.flatMap(render)) expect(text).toContain("ON CLUSTER 'main'");
    }
  });

  test('what nobody has thought through is refused', () => {
    expect(() => render('DROP TABLE t')).toThrow('no way to run this on a cluster: DROP TABLE t');
  });
});

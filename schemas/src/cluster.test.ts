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
    expect(sharding('otel_metrics_sum')).toBe('rand()');
    expect(sharding('ml_metric_usage')).toBe(
      'cityHash64(tenant, environment, model, version, time, series, start_time)',
    );
    expect(sharding('ml_span_hours')).toBe('cityHash64(tenant, environment, service, name, hour)');
    expect(sharding('ml_labels')).toBe(
      'cityHash64(tenant, environment, model, version, time, inference_id, record_id)',
    );
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

  test('every statement of every migration is known: what it makes is everywhere, rows are made once', () => {
    const all = loadMigrations().flatMap(({ statements }) => statements.flatMap(render));
    const once = all.filter((text) => !text.includes("ON CLUSTER 'main'"));
    expect(once.map((text) => text.split('\n')[0])).toEqual(['INSERT INTO ml_span_hours']);
  });

  test('rows that are made of other rows are made of those of all shards', () => {
    const fill = 'INSERT INTO t\nSELECT a, count() FROM s FINAL GROUP BY a';
    expect(render(fill)).toEqual([fill]);
    expect(() => render('INSERT INTO t VALUES (1)')).toThrow('no way to run this on a cluster');
  });

  test('what nobody has thought through is refused', () => {
    expect(() => render('DROP TABLE t')).toThrow('no way to run this on a cluster: DROP TABLE t');
  });
});

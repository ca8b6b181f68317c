import { OTEL_METRICS_COLUMNS } from '@plumbline/schemas';
import { migrate } from '../../collector-processor/src/store/migrate';
import { rowsOf } from '../support/clickHouse';
import { startEngine, type TestEngine } from '../support/engine';

/** What the server shows after a start of the Collector's exporter v0.161.0: the codecs that are not `ZSTD(1)` alone. */
const CODECS: Readonly<Record<string, string>> = {
  StartTimeUnix: 'Delta(4), ZSTD(1)',
  TimeUnix: 'Delta(4), ZSTD(1)',
  Count: 'Delta(8), ZSTD(1)',
  IsMonotonic: 'Delta(1), ZSTD(1)',
};
const INDEXES = [
  ['res_attr', 'ResourceAttributes'],
  ['scope_attr', 'ScopeAttributes'],
  ['attr', 'Attributes'],
].flatMap(([name, column]) => [
  `INDEX idx_${name}_key mapKeys(${column}) TYPE bloom_filter(0.01) GRANULARITY 1`,
  `INDEX idx_${name}_value mapValues(${column}) TYPE bloom_filter(0.01) GRANULARITY 1`,
]);
const END = `INDEX idx_time_minmax TimeUnix TYPE minmax GRANULARITY 1) ENGINE = MergeTree PARTITION BY toDate(TimeUnix) ORDER BY (ServiceName, MetricName, toStartOfHour(TimeUnix), cityHash64(Attributes), TimeUnix) SETTINGS index_granularity = 8192, ttl_only_drop_parts = 1`;

let engine: TestEngine;

beforeAll(async () => {
  engine = await startEngine();
  await migrate({ client: engine.client, events: { migrationApplied: () => undefined } });
});
afterAll(async () => {
  await engine.stop();
});

test.each(Object.entries(OTEL_METRICS_COLUMNS))(
  '%s is what the exporter makes',
  async (name, columns) => {
    const list = columns.map(
      ([column, type]) => `\`${column}\` ${type} CODEC(${CODECS[column] ?? 'ZSTD(1)'})`,
    );
    const expected = `CREATE TABLE default.${name} (${[...list, ...INDEXES, END].join(', ')}`;
    const [table] = await rowsOf<{ ddl: string }>(
      engine.client,
      'SELECT create_table_query AS ddl FROM system.tables WHERE database = currentDatabase() AND name = {name: String}',
      { name },
    );
    expect(table!.ddl).toBe(expected);
  },
);

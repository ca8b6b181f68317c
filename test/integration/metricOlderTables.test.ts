import { type ClickHouseClient, createClient } from '@clickhouse/client';
import { OTEL_METRICS_COLUMNS } from '@plumbline/schemas';
import { isOlderTable } from '../../collector-processor/src/store/checkTables';
import { insertBlock } from '../../collector-processor/src/store/insertBlock';
import { MetricDecoder, NO_USAGE } from '../../collector-processor/src/store/metricBlock';
import { migrate } from '../../collector-processor/src/store/migrate';
import { rowsOf } from '../support/clickHouse';
import { startEngine, type TestEngine } from '../support/engine';
import { type MetricData, metricRequest } from '../support/metricRequest';

const MAP = 'Map(LowCardinality(String), String)';
const times = { startTimeUnixNano: '1795000000000000001', timeUnixNano: '1795000000123456789' };
const exemplars = [{ timeUnixNano: '1795000000999999999', asDouble: 2.5 }];
const dataPoints = [{ ...times, exemplars }, times];

/** Two points of each kind within a second. */
const METRICS: Readonly<Record<string, MetricData>> = {
  gauge: { gauge: { dataPoints } },
  sum: { sum: { dataPoints } },
  histogram: { histogram: { dataPoints } },
  exponential: { exponentialHistogram: { dataPoints } },
  summary: { summary: { dataPoints: [times, times] } },
};

/** The exporter's tables up to v0.149, and of its first versions, whose maps were of plain strings. */
const SHAPES = {
  'up to v0.149': { map: MAP, service: 'LowCardinality(String)' },
  'of the first versions': { map: 'Map(String, String)', service: 'String' },
};

let engine: TestEngine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

async function makeTables(client: ClickHouseClient, shape: (typeof SHAPES)['up to v0.149']) {
  for (const [table, columns] of Object.entries(OTEL_METRICS_COLUMNS)) {
    const list = columns.map(([name, type]) => {
      const older = type.replace('DateTime', 'DateTime64(9)').replace(MAP, shape.map);
      const text =
        name === 'MetricName' ? 'String' : name === 'ServiceName' ? shape.service : older;
      return `\`${name}\` ${text}`;
    });
    const key = '(ServiceName, MetricName, Attributes, toUnixTimestamp64Nano(TimeUnix))';
    await client.command({
      query: `CREATE TABLE ${table} (${list.join()}) ENGINE = MergeTree PARTITION BY toDate(TimeUnix) ORDER BY ${key}`,
    });
  }
}

test.each(Object.entries(SHAPES))(
  'tables of exporters %s keep their shape, and get times to the nanosecond',
  async (name, shape) => {
    const database = name.replaceAll(/\W/g, '_');
    await engine.client.command({ query: `CREATE DATABASE ${database}` });
    const client = createClient({ url: engine.url, database });
    try {
      await makeTables(client, shape);
      const report = await migrate({ client, events: { migrationApplied: () => undefined } });
      expect(report.status).toBe('ready');

      const decoder = new MetricDecoder(NO_USAGE);
      const block = decoder.createBlock();
      const bytes = metricRequest(METRICS);
      const request = { signal: 'metrics', bytes, tenant: 'default', receivedAtMs: 0 } as const;
      expect(decoder.decode(request, block)).toMatchObject({ ok: true, items: 10 });
      for (const [table, columns] of block.tables) {
        await insertBlock(client, table, columns.block(), await isOlderTable(client, table));
        const hasExemplars = table !== 'otel_metrics_summary';
        const read = hasExemplars
          ? 'arrayMap(t -> toString(toUnixTimestamp64Nano(t)), `Exemplars.TimeUnix`)'
          : "['1795000000999999999']";
        const found = await rowsOf(
          client,
          `SELECT MetricName AS name, toString(toUnixTimestamp64Nano(StartTimeUnix)) AS start,
            toString(toUnixTimestamp64Nano(TimeUnix)) AS time, arrayDistinct(arrayFlatten(groupArray(${read}))) AS exemplars,
            toUInt32(count()) AS points FROM ${table} GROUP BY name, start, time`,
        );
        expect(found).toEqual([
          {
            name: expect.any(String) as string,
            start: times.startTimeUnixNano,
            time: times.timeUnixNano,
            exemplars: [exemplars[0]!.timeUnixNano],
            points: 2,
          },
        ]);
      }
    } finally {
      await client.close();
    }
  },
);

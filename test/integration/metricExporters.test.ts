import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type ClickHouseClient, createClient } from '@clickhouse/client';
import { rowsOf } from '../support/clickHouse';
import { plainEnvironment, type Processor, startProcessor } from '../support/processor';

const SCRIPT = join(__dirname, '../support/exportMetrics.mjs');
let processor: Processor;
let client: ClickHouseClient;

beforeAll(async () => {
  processor = await startProcessor();
  client = createClient({ url: processor.storeUrl });
}, 60_000);
afterAll(async () => {
  await client.close();
  await processor.stop();
}, 60_000);

const rows = (columns: string, table: string, service: string) =>
  rowsOf<Record<string, unknown>>(
    client,
    `SELECT ${columns} FROM otel_metrics_${table} WHERE ServiceName = {service: String} ORDER BY MetricName`,
    { service },
  );

test.each(['grpc', 'proto', 'http'])(
  'what the JavaScript SDK measures comes back right over %s',
  async (protocol) => {
    const { grpcAddress, httpAddress } = processor;
    const url = protocol === 'grpc' ? `http://${grpcAddress}` : `http://${httpAddress}/v1/metrics`;
    await promisify(execFile)(process.execPath, [SCRIPT, protocol, url], {
      env: plainEnvironment(),
    });

    const sum =
      'MetricName AS name, Value AS value, AggregationTemporality AS kind, IsMonotonic AS up';
    expect(await rows(sum, 'sum', protocol)).toEqual([
      { name: 'orders', value: 5, kind: 2, up: true },
      { name: 'stock', value: -4, kind: 2, up: false },
    ]);
    const text = 'MetricDescription AS description, MetricUnit AS unit, Attributes AS attributes';
    expect((await rows(text, 'sum', protocol))[0]).toEqual({
      description: 'Orders taken.',
      unit: '{order}',
      attributes: { shop: 'a' },
    });
    expect(await rows('Value AS value, ScopeName AS scope', 'gauge', protocol)).toEqual([
      { value: 0.25, scope: 'test' },
    ]);
    const histogram =
      'toUInt32(Count) AS count, Sum, Min, Max, arrayMap(x -> toUInt32(x), BucketCounts) AS counts, ExplicitBounds AS bounds';
    expect(await rows(histogram, 'histogram', protocol)).toEqual([
      { count: 4, Sum: 15, Min: 0.5, Max: 10, counts: [1, 2, 1], bounds: [1, 2.5] },
    ]);
    // Each positive value lies in its bucket: (base^index, base^(index + 1)] with base = 2^(2^-scale).
    const exponential = `toUInt32(Count) AS count, Sum, Min, Max, toUInt32(ZeroCount) AS zeros,
      toUInt32(arraySum(PositiveBucketCounts)) AS positive,
      arrayMap(v -> toUInt32(PositiveBucketCounts[toInt32(ceil(log2(v) * exp2(Scale))) - PositiveOffset]), [1, 2, 4, 1024]) AS found`;
    expect(await rows(exponential, 'exponential_histogram', protocol)).toEqual([
      { count: 5, Sum: 1031, Min: 0, Max: 1024, zeros: 1, positive: 4, found: [1, 1, 1, 1] },
    ]);
  },
  60_000,
);

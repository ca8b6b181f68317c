import { type ClickHouseClient, createClient } from '@clickhouse/client';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Processor, startProcessor } from '../support/processor';
import { until } from '../support/until';

let processor: Processor;
let client: ClickHouseClient;

const rows = async <Row>(query: string): Promise<Row[]> =>
  (await client.query({ query, format: 'JSONEachRow' })).json<Row>();
const newest = (metric: string) =>
  rows<{ value: number; instance: string; tenant: string }>(
    `SELECT value, instance, tenant FROM v_processor WHERE metric = '${metric}' ORDER BY time DESC LIMIT 1`,
  );

beforeAll(async () => {
  processor = await startProcessor({
    tokens: [{ token: 'secret', tenant: 'someone' }],
    config: { telemetry: { storeEveryMs: 1000, serviceInstanceId: 'one' } },
  });
  client = createClient({ url: processor.storeUrl });
}, 90_000);
afterAll(async () => {
  await client.close();
  await processor.stop();
}, 60_000);

test('the metrics of the processor are in its own store, without a token, as /metrics has them', async () => {
  const page = await (await fetch(`http://${processor.adminAddress}/metrics`)).text();
  const counters = [...page.matchAll(/^# TYPE (plumbline_\w+_total) counter$/gm)].map(
    ([, counter]) => counter!,
  );
  expect(counters.length).toBeGreaterThan(5);
  const names = new Set<string>();
  // A histogram is there from the first collection of garbage on, which may come after the first points were stored.
  await until(async () => {
    const known = await rows<{ metric: string }>('SELECT DISTINCT metric FROM v_processor');
    for (const { metric } of known) names.add(metric);
    return (
      names.has('process_resident_memory_bytes') && names.has('nodejs_gc_duration_seconds_count')
    );
  }, 30_000);
  const found = await newest('process_resident_memory_bytes');
  expect(found).toEqual([{ value: expect.any(Number), instance: 'one', tenant: 'default' }]);
  expect(found[0]!.value).toBeGreaterThan(10_000_000);
  expect(names).toContain('nodejs_gc_duration_seconds_sum');
  expect(counters.filter((counter) => names.has(counter)).length).toBeGreaterThan(0);
}, 60_000);

test('a minute has one row of a metric, however many points it got', async () => {
  const twice = await rows(
    'SELECT metric, time, count() AS n FROM v_processor GROUP BY metric, time, instance HAVING n > 1',
  );
  expect(twice).toEqual([]);
  const [{ points }] = (await rows<{ points: number }>(
    "SELECT toUInt32(count()) AS points FROM otel_metrics_gauge WHERE MetricName = 'process_resident_memory_bytes'",
  )) as [{ points: number }];
  expect(points).toBeGreaterThan(0);
});

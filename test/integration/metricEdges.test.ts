import { insertBlock } from '../../collector-processor/src/store/insertBlock';
import { MetricDecoder, NO_USAGE } from '../../collector-processor/src/store/metricBlock';
import { migrate } from '../../collector-processor/src/store/migrate';
import { rowsOf } from '../support/clickHouse';
import { startEngine, type TestEngine } from '../support/engine';
import { type MetricData, metricRequest } from '../support/metricRequest';
import { expectedPoints } from '../support/oracleMetrics';
import { storedPoints } from '../support/storedMetrics';

const TIME = '1795000000999999999';
const point = (fields: object = {}): object => ({ timeUnixNano: TIME, ...fields });
const points = (...dataPoints: object[]): { dataPoints: object[] } => ({ dataPoints });
const attribute = (key: string): object => ({ key, value: { stringValue: 'v' } });

/** A point of each kind. */
const ALL: Readonly<Record<string, MetricData>> = {
  gauge: { gauge: points(point({ asDouble: 1.5 })) },
  sum: { sum: { ...points(point({ asInt: '-3' })), aggregationTemporality: 2, isMonotonic: true } },
  histogram: {
    histogram: points(point({ count: '3', bucketCounts: ['1', '2'], explicitBounds: [5] })),
  },
  exponential: {
    exponentialHistogram: points(point({ count: '3', positive: { bucketCounts: ['300', '0'] } })),
  },
  summary: { summary: points(point({ quantileValues: [{ quantile: 0.5, value: 2 }] })) },
};
const named = (prefix: string): Record<string, MetricData> =>
  Object.fromEntries(Object.entries(ALL).map(([name, data]) => [`${prefix} ${name}`, data]));

let engine: TestEngine;
const decoder = new MetricDecoder(NO_USAGE);
const block = decoder.createBlock();
const decode = (bytes: Buffer, tenant = 'default') =>
  decoder.decode({ signal: 'metrics', bytes, tenant, receivedAtMs: 0 }, block);
const insert = async (): Promise<void> => {
  for (const [table, columns] of block.tables) {
    if (columns.rows > 0) await insertBlock(engine.client, table, columns.block());
  }
};
const oneRow = async (query: string): Promise<Record<string, unknown>> => {
  const rows = await rowsOf<Record<string, unknown>>(engine.client, query);
  expect(rows).toHaveLength(1);
  return rows[0]!;
};
const storedNames = async (): Promise<unknown[]> =>
  (await storedPoints(engine.client)).map(({ columns }) => columns.MetricName).sort();

beforeAll(async () => {
  engine = await startEngine();
  await migrate({ client: engine.client, events: { migrationApplied: () => undefined } });
});
afterAll(async () => {
  await engine.stop();
});
beforeEach(async () => {
  block.reset();
  for (const [table] of block.tables) {
    await engine.client.command({ query: `TRUNCATE TABLE ${table}` });
  }
});

describe('a bad request among good ones', () => {
  const badId = { exemplars: [{ traceId: Buffer.alloc(3, 1), asInt: '1' }] };
  /** Bytes that no run of varints ends with. */
  const badBuckets = { positive: { bucketCounts: ['1', '2', '3'] } };

  test.each([
    [
      'an id of a wrong length',
      metricRequest({ ...named('bad'), last: { sum: points(point(badId)) } }),
    ],
    ['buckets that are cut off', cutBuckets()],
    ['a request that is cut off', metricRequest(named('bad')).subarray(0, -4)],
  ])('%s leaves no torn row in any table', async (_, bad) => {
    expect(decode(metricRequest(named('first')))).toMatchObject({ ok: true, items: 5 });
    expect(decode(bad)).toMatchObject({ ok: false });
    expect(decode(metricRequest(named('second')))).toMatchObject({ ok: true, items: 5 });
    await insert();
    const expected = ['first', 'second'].flatMap(
      (name) => expectedPoints(metricRequest(named(name))).rows,
    );
    const byName = (rows: typeof expected) =>
      rows.toSorted((a, b) =>
        String(a.columns.MetricName).localeCompare(String(b.columns.MetricName)),
      );
    expect(byName(await storedPoints(engine.client))).toEqual(byName(expected));
  });

  /** The last byte of the last exponential histogram's buckets says that another one follows. */
  function cutBuckets(): Buffer {
    const bytes = metricRequest({
      ...named('bad'),
      last: { exponentialHistogram: points(badBuckets) },
    });
    const at = bytes.lastIndexOf(Buffer.from([1, 2, 3]));
    bytes[at + 2] = 0x83;
    return bytes;
  }
});

test('a point over a limit is left out alone, late as it comes', async () => {
  const many = Array.from({ length: 1025 }, (_, index) => attribute(`k${index}`));
  const bytes = metricRequest({
    ...named('good'),
    mixed: {
      gauge: points(point({ asInt: '1' }), point({ attributes: many }), point({ asInt: '3' })),
    },
    after: { summary: points(point()) },
  });
  expect(decode(bytes)).toEqual({
    ok: true,
    items: 8,
    rejected: 1,
    reason: 'more than 1024 attributes',
  });
  await insert();
  expect(await storedNames()).toEqual([
    'after',
    ...Object.keys(named('good')).sort(),
    'mixed',
    'mixed',
  ]);
});

test('a metric without data that we know is skipped and counted', () => {
  // Field 13 of Metric is none that OTLP has.
  const future = Buffer.from('0a0a120812060a01786a010a', 'hex');
  expect(decode(Buffer.concat([metricRequest({ none: {}, ...named('known') }), future]))).toEqual({
    ok: true,
    items: 5,
    rejected: 2,
    reason: 'metric without data of a known kind',
  });
  expect(decode(metricRequest({ empty: { gauge: {} } }))).toMatchObject({ items: 0, rejected: 0 });
});

test('single numbers and packed ones are the same', async () => {
  const counts = ['0', '1', '127', '128', '18446744073709551615'];
  const data = {
    histogram: {
      histogram: points(point({ bucketCounts: counts, explicitBounds: [-0.5, 0, NaN, Infinity] })),
    },
    exponential: {
      exponentialHistogram: points(
        point({
          positive: { offset: -3, bucketCounts: counts },
          negative: { bucketCounts: counts },
        }),
      ),
    },
  };
  const [packed, unpacked] = [metricRequest(data), metricRequest(data, 'unpacked')];
  expect(packed).not.toEqual(unpacked);
  decode(packed);
  decode(unpacked);
  await insert();
  const rows = await storedPoints(engine.client);
  expect(rows).toHaveLength(4);
  expect(rows[0]).toEqual(rows[1]);
  expect(rows[2]).toEqual(rows[3]);
  expect(rows[0]!.columns.BucketCounts).toEqual(counts);
  expect(rows[2]!.columns.NegativeBucketCounts).toEqual(counts);
});

test('values at the ends of their types', async () => {
  decode(
    metricRequest({
      extremes: {
        gauge: points(
          point({ asInt: '9223372036854775807', attributes: [attribute('1')] }),
          point({ asInt: '-9223372036854775808', attributes: [attribute('2')] }),
          point({ asDouble: NaN, attributes: [attribute('3')] }),
          point({ asDouble: -Infinity, attributes: [attribute('4')] }),
          point({ asDouble: -0, attributes: [attribute('5')] }),
          point({ flags: 1, attributes: [attribute('6')] }),
        ),
      },
      histogram: { histogram: points(point({ count: '18446744073709551615' })) },
    }),
  );
  await insert();
  const rows = await rowsOf<{ value: string; flags: number }>(
    engine.client,
    'SELECT toString(Value) AS value, Flags AS flags FROM otel_metrics_gauge ORDER BY mapKeys(Attributes)',
  );
  expect(rows.map(({ value }) => value)).toEqual([
    '9223372036854776000',
    '-9223372036854776000',
    'nan',
    '-inf',
    '-0',
    '0',
  ]);
  expect(rows.at(-1)!.flags).toBe(1);
  expect(
    await oneRow(
      'SELECT toString(Count) AS count, Sum, Min, Max, BucketCounts, ExplicitBounds FROM otel_metrics_histogram',
    ),
  ).toEqual({
    count: '18446744073709551615',
    Sum: 0,
    Min: 0,
    Max: 0,
    BucketCounts: [],
    ExplicitBounds: [],
  });
});

test("times are cut to seconds; an exemplar's absent ids are zeros, as the exporter has them", async () => {
  const exemplars = [{ timeUnixNano: TIME, asDouble: 2.5, filteredAttributes: [attribute('a')] }];
  decode(metricRequest({ m: { sum: points(point({ exemplars })) } }), 'blue');
  await insert();
  expect(
    await oneRow(`SELECT toUnixTimestamp(TimeUnix) AS time, toUnixTimestamp(StartTimeUnix) AS start,
      Exemplars.TraceId AS trace, Exemplars.SpanId AS span, Exemplars.Value AS value,
      toUnixTimestamp(Exemplars.TimeUnix[1]) AS told, Exemplars.FilteredAttributes AS attributes, ResourceAttributes
      FROM otel_metrics_sum`),
  ).toEqual({
    time: 1_795_000_000,
    start: 0,
    trace: ['0'.repeat(32)],
    span: ['0'.repeat(16)],
    value: [2.5],
    told: 1_795_000_000,
    attributes: [{ a: 'v' }],
    ResourceAttributes: { 'plumbline.tenant': 'blue' },
  });
});

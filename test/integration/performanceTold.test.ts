import { type ClickHouseClient, createClient } from '@clickhouse/client';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Processor, startProcessor } from '../support/processor';
import { JSON_TYPE, sendHttp } from '../support/sendHttp';
import { until } from '../support/until';

const HOUR = 3_600_000;
/** Predictions two days ago, labels that came hours later: all of it is sent now, as a service that was cut off would. */
const hour = Math.floor((Date.now() - 48 * HOUR) / HOUR) * HOUR;
const LATE = 5 * HOUR;
let processor: Processor;
let client: ClickHouseClient;

beforeAll(async () => {
  processor = await startProcessor({ config: { monitor: { everyMs: 200 } } });
  client = createClient({ url: processor.storeUrl });
});
afterAll(async () => {
  await client.close();
  await processor.stop();
});

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const double = (key: string, doubleValue: number) => ({ key, value: { doubleValue } });
const nano = (ms: number): string => `${ms}000000`;
const hex = (n: number, digits: number): string => n.toString(16).padStart(digits, '0');
const resource = { attributes: [text('service.name', 'fraud-api')] };

const send = async (path: string, body: object): Promise<void> => {
  const message = { path, headers: JSON_TYPE, body: JSON.stringify(body) };
  const answer = await sendHttp(`http://${processor.httpAddress}`, message);
  expect([answer.status, answer.body.toString()]).toEqual([200, '{}']);
};
const sendSpans = (spans: object[]): Promise<void> =>
  send('/v1/traces', { resourceSpans: [{ resource, scopeSpans: [{ spans }] }] });
const span = (n: number, at: number, more: object) => ({
  traceId: hex(n, 32),
  spanId: hex(n, 16),
  name: 'score',
  kind: 1,
  startTimeUnixNano: nano(at),
  endTimeUnixNano: nano(at + 20),
  ...more,
});

/** Scores of 40 predictions, and what they turned out to be. */
const rows = Array.from({ length: 40 }, (_, i) => ({
  id: `order-${i}`,
  score: (i + 0.5) / 40,
  isFraud: i % 4 === 0 ? i < 20 : i >= 20,
  country: i % 2 === 0 ? 'de' : 'fr',
}));
const performanceRows = async (): Promise<Record<string, unknown>[]> =>
  (
    await client.query({
      query:
        'SELECT model, segment, metric, value, toUInt32(n) AS n, toUInt32(labelled_n) AS of, label_coverage AS coverage, label_lag_s AS lag, status FROM v_performance ORDER BY model, segment, metric',
      format: 'JSONEachRow',
    })
  ).json();

test('labels on later spans and in logs become metrics of the hour of their predictions', async () => {
  await sendSpans(
    rows.map(({ id, score, country }, i) =>
      span(i + 1, hour + i * 1000, {
        attributes: [
          text('ml.model.name', 'fraud'),
          text('ml.model.version', '3'),
          text('ml.model.type', 'binary'),
          text('ml.prediction.id', id),
          double('ml.prediction.score', score),
          text('ml.segment.country', country),
        ],
      }),
    ),
  );
  const labelAttributes = ({ id, isFraud }: (typeof rows)[number]) => [
    text('ml.prediction.id', id),
    { key: 'ml.label.value', value: { boolValue: isFraud } },
  ];
  await sendSpans([
    span(1000, hour + LATE, {
      events: rows.slice(0, 20).map((row, i) => ({
        name: 'ml.label',
        timeUnixNano: nano(hour + LATE + i * 1000),
        attributes: labelAttributes(row),
      })),
    }),
  ]);
  const logRecords = [
    ...rows.slice(20).map((row, i) => ({
      eventName: 'ml.label',
      timeUnixNano: nano(hour + LATE + (i + 20) * 1000),
      attributes: labelAttributes(row),
    })),
    // Of no use, and about nothing that anyone knows.
    {
      eventName: 'ml.label',
      timeUnixNano: nano(hour + LATE),
      attributes: [
        text('ml.prediction.id', 'order-1'),
        { key: 'ml.label.value', value: { doubleValue: 'NaN' } },
      ],
    },
    {
      eventName: 'ml.label',
      timeUnixNano: nano(hour + LATE),
      attributes: [text('ml.prediction.id', 'never-seen'), double('ml.label.value', 1)],
    },
  ];
  await send('/v1/logs', { resourceLogs: [{ resource, scopeLogs: [{ logRecords }] }] });

  const isDone = async (): Promise<boolean> => {
    const rows = await performanceRows();
    const isThere = (name: string): boolean => rows.some(({ metric }) => metric === name);
    return (
      isThere('unknown_labels') && rows.some((row) => row.metric === 'f1' && row.coverage === 1)
    );
  };
  await until(isDone, 55_000);
  const told = await performanceRows();
  const all = told.filter(({ model, segment }) => model === 'fraud' && segment === '');
  const of = (name: string) => all.find(({ metric }) => metric === name);
  // 15 hits, 5 false alarms (every fourth of the upper half), 5 misses (every fourth of the lower half).
  expect(of('accuracy')).toMatchObject({ value: 0.75, n: 40, of: 40, coverage: 1 });
  expect(of('f1')).toMatchObject({ value: 0.75, lag: 18_000, status: 'measured' });
  expect(of('precision')).toMatchObject({ value: 0.75, of: 20 });
  expect(told.filter(({ metric }) => metric === 'accuracy').map(({ segment }) => segment)).toEqual([
    '',
    'country=de',
    'country=fr',
  ]);
  expect(told.filter(({ metric }) => metric === 'unknown_labels')).toMatchObject([
    { model: '', value: 1, n: 41 },
  ]);
  const gap = told.filter(({ metric }) => metric === 'demographic_parity_difference');
  expect(gap).toMatchObject([{ segment: 'country=fr', value: null, n: 20, status: 'untrusted' }]);
});

import type { ClickHouseClient } from '@clickhouse/client';
import { FINAL_WORD } from './goldenDrift';
import type { TraceRequest } from './goldenTelemetry';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Costs of so many days make a forecast with its interval. */
const PRICED_DAYS = 22;
const PAYMENTS = 40;

/** The span of a prediction that broke two checks; its trace has three spans of three services. */
export const UNUSUAL_TRACE = 'a0000000000000000000000000000001';

interface Span {
  readonly service: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly atMs: number;
  readonly tookMs: number;
  readonly failed?: boolean;
  readonly attributes: Readonly<Record<string, string | number>>;
}

const hex = (n: number, digits: number): string => n.toString(16).padStart(digits, '0');

const valueOf = (value: string | number): object => {
  if (typeof value === 'string') return { stringValue: value };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
};

/** A payment that goes through a shop, the second version of a model and a database that is slow at times. */
const payment = (n: number, nowMs: number): Span[] => {
  const traceId = `a${hex(n + 1, 31)}`;
  const [root, call, read] = [1, 2, 3].map((part) => `a${hex(n * 4 + part, 15)}`) as [
    string,
    string,
    string,
  ];
  const atMs = Math.floor(nowMs - 4 * HOUR + n * 180_000);
  const readMs = n % 9 === 4 ? 350 : 8;
  const failed = n % 9 === 4;
  return [
    {
      ...{ service: 'shop', name: 'POST /pay', traceId, spanId: root, atMs, tookMs: readMs + 40 },
      attributes: { 'http.request.method': 'POST', 'http.route': '/pay' },
    },
    {
      ...{ service: 'payments', name: 'score', traceId, spanId: call, parentSpanId: root, failed },
      ...{ atMs: atMs + 10, tookMs: readMs + 20 },
      attributes: {
        'ml.model.name': 'fraud',
        'ml.model.version': '2',
        'ml.model.type': 'binary',
        'ml.prediction.id': `second-${n}`,
        'ml.prediction.score': 0.25 + (n % 10) / 20.5,
        'ml.feature.amount': 20.5 + n,
        'ml.data.source': 'warehouse.payments',
        'http.route': '/pay',
        team: 'risk',
        ...(failed ? { 'error.type': 'timeout' } : {}),
      },
    },
    {
      ...{ service: 'feature-store', name: 'SELECT features', traceId, spanId: read },
      ...{ parentSpanId: call, atMs: atMs + 15, tookMs: readMs, failed },
      attributes: { 'db.system.name': 'postgresql' },
    },
  ];
};

/** Calls of a priced language model, eight a day for weeks. */
const chats = (nowMs: number): Span[] =>
  Array.from({ length: PRICED_DAYS * 8 }, (_, n) => ({
    ...{ service: n % 4 === 0 ? 'search' : 'support', name: 'chat', tookMs: 900 },
    ...{ traceId: `b${hex(n + 1, 31)}`, spanId: `b${hex(n + 1, 15)}` },
    atMs: Math.floor(nowMs - PRICED_DAYS * DAY + n * 3 * HOUR),
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-5-mini',
      'gen_ai.response.model': 'gpt-5-mini-2025-08-07',
      'gen_ai.usage.input_tokens': 90_000 + (n % 5) * 10_000,
      'gen_ai.usage.cache_read.input_tokens': 20_000,
      'gen_ai.usage.output_tokens': 4000 + (n % 3) * 500,
      'http.route': n % 4 === 0 ? '/search' : '/tickets',
      team: n % 4 === 0 ? 'discovery' : 'care',
    },
  }));

const requestOf = (spans: readonly Span[]): TraceRequest => ({
  resourceSpans: [...new Set(spans.map(({ service }) => service))].map((service) => ({
    resource: {
      attributes: [
        { key: 'service.name', value: { stringValue: service } },
        { key: 'deployment.environment.name', value: { stringValue: 'production' } },
      ],
    },
    scopeSpans: [
      {
        spans: spans
          .filter((span) => span.service === service)
          .map(({ atMs, tookMs, failed, attributes, name, traceId, spanId, parentSpanId }) => ({
            ...{ name, traceId, spanId },
            ...(parentSpanId === undefined ? {} : { parentSpanId }),
            kind: 3,
            startTimeUnixNano: `${atMs}000000`,
            endTimeUnixNano: `${atMs + tookMs}000000`,
            status: failed === true ? { code: 2, message: 'timed out' } : {},
            attributes: Object.entries(attributes).map(([key, value]) => ({
              key,
              value: valueOf(value),
            })),
          })),
      },
    ],
  })),
});

/** What the tabs of a model show beside the golden telemetry: a second version called through several services, weeks of costs. */
export const tracedCalls = (nowMs: number): TraceRequest =>
  requestOf([
    ...Array.from({ length: PAYMENTS }, (_, n) => payment(n, nowMs)).flat(),
    ...chats(nowMs),
  ]);

/** Lets a call break checks. The host's processor has no contract, so that they are written as one would have them written. */
export async function breakChecks(client: ClickHouseClient): Promise<void> {
  await client.command({
    query: `INSERT INTO ml_inferences
SELECT * REPLACE (['range:amount', 'missing:age_days'] AS violations, row_version + 3600000 AS row_version, now64(3) AS written_at)
FROM ml_inferences WHERE trace_id = '${UNUSUAL_TRACE}'`,
  });
}

/** Lets features have been tested an hour ago: the monitor does that by itself too, but only after all that comes before. */
export async function addTestedFeatures(client: ClickHouseClient): Promise<void> {
  const time = Math.floor(Date.now() / HOUR - 1) * HOUR;
  const of = { tenant: 'default', environment: 'production', model: 'fraud', version: '3' };
  await client.insert({
    table: 'ml_drift',
    format: 'JSONEachRow',
    values: ['amount', 'country'].map((feature) => ({
      ...{ ...of, feature, segment: '', time, window_minutes: 60, n: 60, reference_n: 480 },
      ...{ status: 'ok', score: 0.04, p_value: 0.6, q_value: 0.7, drift_version: FINAL_WORD },
    })),
  });
}

import { describe, expect, test } from '@jest/globals';
import { UsagePoint } from '../core/usagePoint';
import { jsonToProtobuf } from '../otlp/json/jsonToProtobuf';
import { metricRequest } from '../otlp/json/metricMessages';
import { MetricView } from '../otlp/metricView';
import { walkMetrics } from '../otlp/metrics';
import { createUsageRecogniser } from './usageRecogniser';

type Labels = Readonly<Record<string, string>>;

const attributes = (labels: Labels) =>
  Object.entries(labels).map(([key, stringValue]) => ({ key, value: { stringValue } }));
const TIMES = { startTimeUnixNano: '1700000000000000000', timeUnixNano: '1700000060000000000' };
const TOKENS = 'gen_ai.client.token.usage';

/** What the points of one metric tell; undefined: the metric is not wanted. */
function told(
  metric: object,
  resource: Labels = { 'service.name': 'svc' },
  scope = 'scope',
): UsagePoint[] | undefined {
  const recogniser = createUsageRecogniser();
  const view = new MetricView(recogniser.plans);
  const json = JSON.stringify({
    resourceMetrics: [
      {
        resource: { attributes: attributes(resource) },
        scopeMetrics: [{ scope: { name: scope }, metrics: [metric] }],
      },
    ],
  });
  let points: UsagePoint[] | undefined;
  walkMetrics(jsonToProtobuf(metricRequest, Buffer.from(json), 64), view, {
    metric: () => {
      if (recogniser.wants(view)) points = [];
    },
    point: () => {
      const point = new UsagePoint();
      if (points === undefined || !recogniser.fill(view, point)) return;
      points.push(point);
    },
    metricEnd: () => undefined,
    unknownMetric: () => undefined,
  });
  return points;
}
const histogram = (labels: Labels, more: object = {}, metric: object = {}) => ({
  name: TOKENS,
  histogram: {
    aggregationTemporality: 2,
    dataPoints: [
      {
        ...TIMES,
        attributes: attributes(labels),
        count: '3',
        sum: 12,
        explicitBounds: [1, 4],
        bucketCounts: ['0', '1', '2'],
        ...more,
      },
    ],
  },
  ...metric,
});

describe('what is wanted', () => {
  test.each([
    [TOKENS, 'tokens'],
    ['gen_ai.client.operation.duration', 'duration'],
    ['gen_ai.client.operation.time_to_first_chunk', 'ttft'],
    ['gen_ai.server.request.duration', 'server_duration'],
    ['gen_ai.server.time_to_first_token', 'server_ttft'],
    ['gen_ai.server.time_per_output_token', 'server_token_time'],
  ])('%s is %s', (name, quantity) => {
    expect(told(histogram({}, {}, { name }))).toMatchObject([{ metric: name, quantity }]);
  });

  test('not other metrics, gauges, points without a value, a time or a sum of tokens', () => {
    expect(told(histogram({}, {}, { name: 'http.server.request.duration' }))).toBeUndefined();
    const gauge = { dataPoints: [{ ...TIMES, asDouble: 1 }] };
    expect(told({ name: TOKENS, gauge })).toBeUndefined();
    expect(told(histogram({}, { flags: 1 }))).toEqual([]);
    expect(told(histogram({}, { timeUnixNano: '0' }))).toEqual([]);
    expect(told(histogram({}, { sum: undefined }))).toEqual([]);
    expect(told(histogram({}, {}, { name: 'gen_ai.server.request.duration', unit: '1' }))).toEqual(
      [],
    );
  });
});

describe('what is told', () => {
  test.each([
    [{ 'gen_ai.token.type': 'input' }, 'input'],
    [{ 'gen_ai.token.type': 'completion' }, 'output'],
    [{ 'llm.usage.token_type': 'prompt' }, 'input'],
    [{ 'gen_ai.token.type': 'cache_creation' }, 'cache_write'],
    [{ 'gen_ai.token.type': 'video' }, ''],
    [{}, ''],
  ] as [Labels, string][])('%j are tokens of kind %j', (labels, bucket) => {
    expect(told(histogram(labels))).toMatchObject([{ bucket }]);
  });

  test('identity by the names of all conventions; one name of the model stands for the other', () => {
    expect(
      told(histogram({ 'gen_ai.system': 'OpenAI', 'gen_ai.response.model': 'gpt-4o-2024-08-06' }), {
        'service.name': 'svc',
        'deployment.environment': 'prod',
        team: 'search',
      }),
    ).toMatchObject([
      {
        provider: 'openai',
        model: 'gpt-4o-2024-08-06',
        version: 'gpt-4o-2024-08-06',
        service: 'svc',
        environment: 'prod',
        team: 'search',
        modelType: 'llm',
        timeMs: 1_700_000_060_000,
        startMs: 1_700_000_000_000,
        cumulative: true,
      },
    ]);
    expect(told(histogram({ 'gen_ai.operation.name': 'invoke_agent' }))).toMatchObject([
      { operation: 'invoke_agent', rollup: 1 },
    ]);
    expect(told(histogram({ 'gen_ai.operation.name': 'embeddings' }))).toMatchObject([
      { modelType: 'embedding', rollup: 0 },
    ]);
  });

  test('durations in milliseconds, whatever the unit', () => {
    const name = 'gen_ai.client.operation.duration';
    expect(told(histogram({}, {}, { name, unit: 's' }))).toMatchObject([
      { sum: 12_000, bounds: [1000, 4000], bucketCounts: [0, 1, 2] },
    ]);
    expect(told(histogram({}, {}, { name, unit: 'ms' }))).toMatchObject([{ sum: 12 }]);
  });

  test('exponential histograms as explicit ones, counters without a number of calls', () => {
    const dataPoints = [
      {
        ...TIMES,
        count: '6',
        sum: 30,
        scale: 0,
        zeroCount: '1',
        positive: { offset: 1, bucketCounts: ['2', '3'] },
      },
    ];
    expect(
      told({ name: TOKENS, exponentialHistogram: { aggregationTemporality: 1, dataPoints } }),
    ).toMatchObject([
      { count: 6, sum: 30, bounds: [2, 4, 8], bucketCounts: [1, 2, 3, 0], cumulative: false },
    ]);
    const sum = {
      aggregationTemporality: 2,
      isMonotonic: true,
      dataPoints: [{ ...TIMES, asInt: '7' }],
    };
    expect(told({ name: TOKENS, sum })).toMatchObject([{ count: 0, sum: 7, bounds: [] }]);
  });
});

describe('a series', () => {
  const seriesOf = (...parts: Parameters<typeof told>) =>
    Buffer.from(told(...parts)![0]!.series).toString('hex');
  const labels = { a: '1', b: '2' };

  test('is the same in any order of attributes', () => {
    expect(seriesOf(histogram({ b: '2', a: '1' }))).toBe(seriesOf(histogram(labels)));
  });

  test('is another one for another value, resource, scope or metric', () => {
    const others = [
      seriesOf(histogram(labels)),
      seriesOf(histogram({ a: '12', b: '' })),
      seriesOf(histogram(labels), { 'service.name': 'svc', 'service.instance.id': '1' }),
      seriesOf(histogram(labels), { 'service.name': 'svc' }, 'other'),
      seriesOf(histogram(labels, {}, { name: 'gen_ai.client.operation.duration' })),
    ];
    expect(new Set(others).size).toBe(others.length);
  });
});

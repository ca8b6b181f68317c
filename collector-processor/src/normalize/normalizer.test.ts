import { describe, expect, it } from '@jest/globals';
import {
  normalizeSpan,
  onlyInference,
  RECEIVED_AT_MS,
  START_MS,
} from '../../../test/support/normalizeSpans';
import type { TextMap } from '../core/inference';
import { MAX_SEGMENTS } from './fillSegments';
import { createNormalizer } from './normalizer';

const CHAT = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-4o' };
const PREDICTION = { 'ml.model.name': 'fraud', 'ml.prediction.value': 0.25 };
const mapOf = ({ keys, values }: TextMap): Record<string, string> =>
  Object.fromEntries(keys.map((key, index) => [key, values[index]!]));

describe('model and version', () => {
  it('of a model call are the requested and the answering model', () => {
    const attributes = { ...CHAT, 'gen_ai.response.model': 'gpt-4o-2024-08-06' };
    expect(onlyInference({ attributes })).toMatchObject({
      model: 'gpt-4o',
      version: 'gpt-4o-2024-08-06',
      versionAssumed: 0,
      modelType: 'llm',
    });
  });

  it('stand in for each other, marked when the answering one was not told', () => {
    expect(onlyInference({ attributes: CHAT })).toMatchObject({
      model: 'gpt-4o',
      version: 'gpt-4o',
      versionAssumed: 1,
    });
    const attributes = { 'gen_ai.operation.name': 'chat', 'gen_ai.response.model': 'answered' };
    expect(onlyInference({ attributes })).toMatchObject({
      model: 'answered',
      version: 'answered',
      versionAssumed: 0,
    });
    expect(onlyInference({ attributes: { 'gen_ai.operation.name': 'chat' } })).toMatchObject({
      model: '',
      version: '',
      versionAssumed: 0,
    });
  });

  it('of a prediction are what was told, no version is assumed', () => {
    expect(onlyInference({ attributes: PREDICTION })).toMatchObject({
      model: 'fraud',
      version: '',
      versionAssumed: 0,
      modelType: '',
    });
    expect(
      onlyInference({
        attributes: {
          ...PREDICTION,
          'ml.model.version': { intValue: 7 },
          'ml.model.type': 'Binary-Classification',
        },
      }),
    ).toMatchObject({ version: '7', modelType: 'binary' });
  });

  it('of an event win over those of its span, and those over the resource', () => {
    const resource = { 'ml.model.name': 'resource', 'ml.model.version': '1' };
    const events = [
      { name: 'ml.prediction' },
      { name: 'ml.prediction', attributes: { 'ml.model.name': 'event', 'ml.model.version': '3' } },
    ];
    const attributes = { 'ml.model.name': 'span', 'ml.model.version': '2' };
    const told = normalizeSpan({ resource, attributes, events });
    expect(told.map(({ model, version }) => [model, version])).toEqual([
      ['span', '2'],
      ['event', '3'],
    ]);
    expect(normalizeSpan({ resource, events })[0]).toMatchObject({
      model: 'resource',
      version: '1',
    });
  });

  it('are not mixed: a version belongs to the model that it stands beside', () => {
    const attributes = { ...PREDICTION, 'ml.model.name': 'b' };
    const version = (resource: Record<string, string>): string =>
      onlyInference({ attributes, resource }).version;
    expect(version({ 'ml.model.version': '2' })).toBe('2');
    expect(version({ 'ml.model.name': 'b', 'ml.model.version': '2' })).toBe('2');
    expect(version({ 'ml.model.name': 'a', 'ml.model.version': '2' })).toBe('');
  });

  it.each([
    ['embeddings', 'embedding'],
    ['rerank', 'ranking'],
    ['text_completion', 'llm'],
    ['invoke_agent', 'llm'],
  ])('%s is a call of a model of type %s', (operation, type) => {
    const attributes = { ...CHAT, 'gen_ai.operation.name': operation };
    expect(onlyInference({ attributes }).modelType).toBe(type);
  });
});

describe('who called', () => {
  const resource = {
    'service.name': 'checkout',
    'deployment.environment.name': 'prod',
    team: 'platform',
    'plumbline.route': '/default',
  };

  it('is what the process says of itself', () => {
    expect(onlyInference({ attributes: CHAT, resource })).toMatchObject({
      service: 'checkout',
      environment: 'prod',
      team: 'platform',
      route: '/default',
    });
    const attributes = { ...CHAT, 'service.name': 'peer', 'deployment.environment': 'test' };
    expect(onlyInference({ attributes, resource })).toMatchObject({
      service: 'checkout',
      environment: 'prod',
    });
    expect(onlyInference({ attributes })).toMatchObject({ service: 'peer', environment: 'test' });
  });

  it('may be told anew per span: a gateway calls for several teams', () => {
    const attributes = { ...CHAT, team: 'search', 'http.route': '/v1/answers' };
    expect(onlyInference({ attributes, resource })).toMatchObject({
      team: 'search',
      route: '/v1/answers',
    });
  });
});

describe('segments', () => {
  const resource = { 'service.name': 'checkout', 'ml.segment.region': 'eu' };

  it('come from the event, its span and its resource, the innermost first', () => {
    const attributes = { 'ml.segment.country': 'DE', 'ml.segment.tier': 'gold' };
    const events = [{ name: 'ml.prediction', attributes: { 'ml.segment.country': 'FR' } }];
    expect(mapOf(normalizeSpan({ resource, attributes, events })[0]!.segments)).toEqual({
      country: 'FR',
      tier: 'gold',
      region: 'eu',
    });
  });

  it('have the service for model calls only', () => {
    expect(mapOf(onlyInference({ attributes: CHAT, resource }).segments)).toEqual({
      region: 'eu',
      service: 'checkout',
    });
    expect(mapOf(onlyInference({ attributes: PREDICTION, resource }).segments)).toEqual({
      region: 'eu',
    });
  });

  it('have the variant of a feature flag', () => {
    const variant = { 'feature_flag.key': 'new-prompt', 'feature_flag.result.variant': 'B' };
    const expected = { 'variant.new-prompt': 'B' };
    expect(mapOf(onlyInference({ attributes: { ...CHAT, ...variant } }).segments)).toEqual(
      expected,
    );
    const events = [
      { name: 'feature_flag.evaluation', attributes: variant },
      { name: 'feature_flag', attributes: { 'feature_flag.variant': 'on' } },
    ];
    expect(mapOf(onlyInference({ attributes: CHAT, events }).segments)).toEqual({
      ...expected,
      variant: 'on',
    });
  });

  it('are bounded, and what is beyond the bound is counted', () => {
    const normalizer = createNormalizer();
    const many = Object.fromEntries(
      Array.from({ length: MAX_SEGMENTS + 3 }, (_, n) => [`ml.segment.s${n}`, 'x']),
    );
    const { segments } = onlyInference({ attributes: { ...PREDICTION, ...many } }, normalizer);
    expect(segments.keys).toHaveLength(MAX_SEGMENTS);
    expect(normalizer.counts.segmentsDropped).toBe(3);
  });

  it('leave out what is empty or hidden', () => {
    const attributes = { ...PREDICTION, 'ml.segment.a': '', 'ml.segment.b': '__REDACTED__' };
    expect(mapOf(onlyInference({ attributes }).segments)).toEqual({});
  });
});

describe('time', () => {
  it('is the start of the span, or of the event where it has a time', () => {
    expect(onlyInference({ attributes: CHAT })).toMatchObject({ time: START_MS, latencyMs: 250 });
    const events = [{ name: 'ml.prediction', timeMs: START_MS + 7 }, { name: 'ml.prediction' }];
    expect(normalizeSpan({ events }).map(({ time, latencyMs }) => [time, latencyMs])).toEqual([
      [START_MS + 7, 250],
      [START_MS, 250],
    ]);
  });

  it('is kept as sent, to the millisecond', () => {
    for (let offset = 0; offset < 64; offset++) {
      const startMs = START_MS + offset;
      expect(onlyInference({ attributes: CHAT, startMs }).time).toBe(startMs);
    }
  });

  it('is kept and marked when it is more than ten minutes ahead', () => {
    const normalizer = createNormalizer();
    const at = (startMs: number) => onlyInference({ attributes: CHAT, startMs }, normalizer);
    expect(at(RECEIVED_AT_MS + 600_000)).toMatchObject({ clockSkew: 0 });
    expect(at(RECEIVED_AT_MS + 600_001)).toMatchObject({
      clockSkew: 1,
      time: RECEIVED_AT_MS + 600_001,
    });
    expect(at(START_MS - 400 * 86_400_000)).toMatchObject({ clockSkew: 0 });
    expect(normalizer.counts.clockSkewed).toBe(1);
  });

  it('has no latency when the span ends before it starts', () => {
    expect(onlyInference({ attributes: CHAT, endMs: START_MS - 1 }).latencyMs).toBeNaN();
  });
});

describe('errors', () => {
  it('are told by the status or by a type', () => {
    expect(onlyInference({ attributes: CHAT })).toMatchObject({ error: false, errorType: '' });
    expect(onlyInference({ attributes: CHAT, statusCode: 1 }).error).toBe(false);
    expect(onlyInference({ attributes: CHAT, statusCode: 2 })).toMatchObject({
      error: true,
      errorType: '',
    });
    expect(onlyInference({ attributes: { ...CHAT, 'error.type': 'timeout' } })).toMatchObject({
      error: true,
      errorType: 'timeout',
    });
  });

  it('have the type of the exception where none else is told', () => {
    const events = [{ name: 'exception', attributes: { 'exception.type': 'RateLimitError' } }];
    const failed = { attributes: CHAT, statusCode: 2, events };
    expect(onlyInference(failed)).toMatchObject({ error: true, errorType: 'RateLimitError' });
    expect(
      onlyInference({ ...failed, attributes: { ...CHAT, 'error.type': '429' } }).errorType,
    ).toBe('429');
    // A caught exception is no error of the call.
    expect(onlyInference({ attributes: CHAT, events })).toMatchObject({
      error: false,
      errorType: '',
    });
  });
});

describe('identity in the trace', () => {
  it('points into the bytes of the request', () => {
    const { source, traceIdAt, spanIdAt, parentSpanIdAt } = onlyInference({ attributes: CHAT });
    const hex = (at: number, length: number): string =>
      Buffer.from(source.subarray(at, at + length)).toString('hex');
    expect(hex(traceIdAt, 16)).toBe('0af7651916cd43dd8448eb211c80319c');
    expect(hex(spanIdAt, 8)).toBe('b7ad6b7169203331');
    expect(parentSpanIdAt).toBe(-1);
  });
});

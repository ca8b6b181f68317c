import { describe, expect, it, test } from '@jest/globals';
import { normalizeLog, type TestLog } from '../../../../test/support/normalizeLogs';
import {
  type AttributesOf,
  RECEIVED_AT_MS,
  START_MS,
} from '../../../../test/support/normalizeSpans';
import type { Inference, NumberMap, TextMap } from '../../core/inference';
import { createLogNormalizer } from './logNormalizer';

const SPAN = '0af7651916cd43dd8448eb211c80319c:b7ad6b7169203331';
const only = (log: TestLog): Inference => {
  const { inferences } = normalizeLog(log);
  expect(inferences).toHaveLength(1);
  return inferences[0]!;
};
const mapOf = ({ keys, values, size }: NumberMap | TextMap): Record<string, unknown> =>
  Object.fromEntries(keys.slice(0, size).map((key, index) => [key, values[index]]));
const prediction = (log: Omit<TestLog, 'eventName'>): TestLog => ({
  eventName: 'ml.prediction',
  ...log,
});

describe('a prediction in a log record', () => {
  it('has its features in attributes and in a body that is a map, attributes first', () => {
    const inference = only(
      prediction({
        resource: { 'service.name': 'fraud-api' },
        attributes: {
          'ml.model.name': 'fraud',
          'ml.model.version': '3',
          'ml.prediction.id': 'p-1',
          'ml.prediction.score': 0.5,
          'ml.feature.amount': 1.5,
        },
        body: { amount: 99, age: 42, team: 'red', 'ml.segment.region': 'eu' },
      }),
    );
    expect(inference).toMatchObject({
      convention: 'ml',
      operation: 'predict',
      model: 'fraud',
      version: '3',
      service: 'fraud-api',
      team: '',
      predictionId: 'p-1',
      score: 0.5,
      time: START_MS,
      latencyMs: NaN,
      rollup: 0,
    });
    expect(mapOf(inference.featureNumbers)).toEqual({ amount: 1.5, age: 42 });
    expect(mapOf(inference.featureTexts)).toEqual({ team: 'red' });
    expect(mapOf(inference.segments)).toEqual({ region: 'eu' });
  });

  it('may be told by the body alone', () => {
    const body = { 'ml.model.name': 'fraud', 'ml.prediction.value': 3, 'ml.prediction.id': 'p-2' };
    expect(only(prediction({ body }))).toMatchObject({
      model: 'fraud',
      predictionValue: 3,
      predictionId: 'p-2',
    });
  });

  it('has an id of its contents when it was given none', () => {
    const told = (score: number, timeMs = START_MS): string =>
      only(prediction({ attributes: { 'ml.prediction.score': score }, timeMs })).predictionId;
    expect(told(1)).toMatch(new RegExp(`^${SPAN}:[0-9a-f]{16}$`));
    expect(told(1)).toBe(told(1));
    expect(new Set([told(1), told(2), told(1, START_MS + 1)]).size).toBe(3);
  });

  it('keeps a bounded number of features, and counts the others', () => {
    const normalizer = createLogNormalizer();
    const body = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`f${index}`, index]));
    const { inferences } = normalizeLog(prediction({ body }), normalizer, 8);
    expect(inferences[0]!.featureNumbers.size).toBe(8);
    expect(normalizer.counts.featuresDropped).toBe(4);
  });

  it('with a clock ahead is marked', () => {
    expect(only(prediction({ timeMs: RECEIVED_AT_MS + 600_001 })).clockSkew).toBe(1);
  });

  test.each<TestLog>([
    { attributes: { 'ml.prediction.score': 1 } },
    { eventName: 'predicted', attributes: { 'ml.prediction.score': 1 } },
    { attributes: { 'event.name': '', 'ml.prediction.score': 1 }, text: 'ml.prediction' },
  ])('%j is none', (log) => {
    expect(normalizeLog(log)).toEqual({ inferences: [], records: [], problems: [] });
  });

  it('may have its name in the older attribute', () => {
    const attributes = { 'event.name': 'ml.prediction', 'ml.prediction.score': 1 };
    expect(only({ attributes }).score).toBe(1);
  });
});

describe('records about predictions', () => {
  const recordOf = (log: TestLog) => normalizeLog(log).records[0];

  it('are about the prediction they name, in attributes or body, or else that of their span', () => {
    const label = (log: Partial<TestLog>) => recordOf({ eventName: 'ml.label', ...log });
    const value = { 'ml.label.value': 1 };
    expect(label({ attributes: { ...value, 'ml.prediction.id': 'p' } })?.inferenceId).toBe('p');
    expect(label({ attributes: { 'ml.prediction.id': 'p' }, body: value })?.inferenceId).toBe('p');
    expect(label({ attributes: value })?.inferenceId).toBe(`${SPAN}:0`);
    expect(normalizeLog({ eventName: 'ml.label', attributes: value, alone: true })).toMatchObject({
      records: [],
      problems: [['label', 'no_id']],
    });
  });

  it('are told beside a prediction', () => {
    const log = prediction({
      attributes: { 'ml.prediction.score': 1, 'ml.explanation.method': 'lime' },
      body: { 'ml.explanation.age': 0.5 },
    });
    const { inferences, records } = normalizeLog(log);
    expect(records).toMatchObject([
      {
        inferenceId: inferences[0]!.predictionId,
        values: { names: ['age'], attributions: [0.5], method: 'lime' },
      },
    ]);
  });

  it('that name a response are about it, not about the span around them', () => {
    const evaluation = { 'gen_ai.evaluation.name': 'a', 'gen_ai.evaluation.score.value': 1 };
    const told = (attributes: AttributesOf) =>
      recordOf({ eventName: 'gen_ai.evaluation.result', attributes })?.inferenceId;
    expect(told(evaluation)).toBe(`${SPAN}:0`);
    expect(told({ ...evaluation, 'gen_ai.response.id': 'r' })).toBe('');
  });
});

describe('details of a call', () => {
  const DETAILS = 'gen_ai.client.inference.operation.details';
  const CALL = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'gpt-4o',
    'gen_ai.usage.input_tokens': 10,
    'gen_ai.response.id': 'r-1',
  };

  it('are a call that does not count until the rollup pass has looked for its span', () => {
    const inference = only({ eventName: DETAILS, attributes: CALL });
    expect(inference).toMatchObject({
      predictionId: `${SPAN}:details`,
      operation: 'chat',
      convention: 'otel',
      model: 'gpt-4o',
      responseId: 'r-1',
      rollup: 1,
    });
    expect(inference.tokens[0]).toBe(10);
  });

  test.each<TestLog>([
    { eventName: DETAILS, attributes: CALL, alone: true },
    { eventName: DETAILS, attributes: { 'gen_ai.operation.name': 'execute_tool' } },
  ])('%j are none', (log) => {
    expect(normalizeLog(log).inferences).toEqual([]);
  });
});

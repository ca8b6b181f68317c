import { describe, expect, it, test } from '@jest/globals';
import {
  type AttributesOf,
  type TestSpan,
  type Value,
} from '../../../../test/support/normalizeSpans';
import { onlyRecord, recordsOfSpan } from '../../../../test/support/recordSpans';

const SPAN_ID = '0af7651916cd43dd8448eb211c80319c:b7ad6b7169203331';
const CALL = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.request.model': 'gpt-4o',
  'gen_ai.response.id': 'resp-1',
};
const NAN = { doubleValue: NaN };

const event = (name: string, attributes: AttributesOf, timeMs?: number): TestSpan => ({
  events: [{ name, attributes, ...(timeMs === undefined ? {} : { timeMs }) }],
});
const about = (attributes: AttributesOf): AttributesOf => ({
  'ml.prediction.id': 'p-1',
  ...attributes,
});
const valuesOf = (span: TestSpan): object => onlyRecord(span).values;

describe('feedback', () => {
  const feedback = (attributes: AttributesOf): TestSpan => event('ml.feedback', about(attributes));

  it('is taken as told', () => {
    const told = {
      'ml.feedback.score': -1,
      'ml.feedback.text': 'wrong country',
      'ml.feedback.source': 'agent desk',
    };
    expect(valuesOf(feedback(told))).toEqual({
      kind: 'feedback',
      score: -1,
      text: 'wrong country',
      source: 'agent desk',
      problem: '',
    });
  });

  it('without a usable score is kept for its text, and says so', () => {
    const { records, problems } = recordsOfSpan(
      feedback({ 'ml.feedback.score': NAN, 'ml.feedback.text': 'bad' }),
    );
    expect(records[0]!.values).toMatchObject({ score: NaN, text: 'bad', problem: 'not_a_number' });
    expect(problems).toEqual([['feedback', 'not_a_number']]);
  });

  test.each<[AttributesOf, string]>([
    [{}, 'no_value'],
    [{ 'ml.feedback.score': 'great' }, 'not_a_number'],
  ])('%j is of no use: %s', (attributes, problem) => {
    expect(recordsOfSpan(feedback(attributes))).toMatchObject({
      records: [],
      problems: [['feedback', problem]],
    });
  });
});

describe('an explanation', () => {
  it('has sorted attributions, a base and a method', () => {
    const attributes = {
      'ml.prediction.score': 0.5,
      'ml.explanation.zip': -0.25,
      'ml.explanation.age': 1,
      'ml.explanation.base_value': 0.125,
      'ml.explanation.method': 'tree_shap',
    };
    expect(valuesOf({ attributes })).toEqual({
      kind: 'explanation',
      names: ['age', 'zip'],
      attributions: [1, -0.25],
      baseValue: 0.125,
      method: 'tree_shap',
      problem: '',
    });
  });

  it('leaves out what is no number, and says so', () => {
    const attributes = about({
      'ml.explanation.a': NAN,
      'ml.explanation.b': 2,
      'ml.explanation.c': 'high',
    });
    expect(valuesOf({ attributes })).toMatchObject({
      names: ['b'],
      attributions: [2],
      problem: 'not_a_number',
    });
  });

  test.each<[AttributesOf, string]>([
    [about({}), 'no_value'],
    [about({ 'ml.explanation.method': 'shap' }), 'no_value'],
    [about({ 'ml.explanation.a': NAN }), 'not_a_number'],
    [{ 'ml.explanation.a': 1 }, 'no_id'],
  ])('%j is of no use: %s', (attributes, problem) => {
    expect(recordsOfSpan(event('ml.explanation', attributes))).toMatchObject({
      records: [],
      problems: [['explanation', problem]],
    });
  });
});

describe('an evaluation', () => {
  const EVALUATION = {
    'gen_ai.evaluation.name': 'Relevance',
    'gen_ai.evaluation.score.value': 0.75,
    'gen_ai.evaluation.score.label': 'pass',
    'gen_ai.evaluation.explanation': 'on topic',
  };

  it('is about the call it stands on', () => {
    const told = onlyRecord({
      attributes: CALL,
      ...event('gen_ai.evaluation.result', EVALUATION),
    });
    expect(told).toMatchObject({
      inferenceId: `${SPAN_ID}:0`,
      model: 'gpt-4o',
      version: 'gpt-4o',
      values: {
        kind: 'evaluation',
        name: 'Relevance',
        score: 0.75,
        label: 'pass',
        explanation: 'on topic',
        errorType: '',
        responseId: 'resp-1',
        problem: '',
      },
    });
  });

  it('is about the response it names', () => {
    const told = onlyRecord({
      attributes: CALL,
      ...event('gen_ai.evaluation.result', { ...EVALUATION, 'gen_ai.response.id': 'resp-0' }),
    });
    expect([told.inferenceId, told.values]).toEqual([
      '',
      expect.objectContaining({ responseId: 'resp-0' }),
    ]);
  });

  it('is kept by its span where that is no call', () => {
    const told = onlyRecord({ attributes: EVALUATION });
    expect([told.inferenceId, told.spanId]).toEqual(['', 'b7ad6b7169203331']);
  });

  it('that failed is kept with its error', () => {
    const attributes = { 'gen_ai.evaluation.name': 'Relevance', 'error.type': 'timeout' };
    expect(valuesOf(event('gen_ai.evaluation.result', attributes))).toMatchObject({
      score: NaN,
      errorType: 'timeout',
    });
  });

  test.each<[string, readonly string[], 'name' | 'score' | 'label' | 'explanation', Value[]]>([
    [
      'name',
      ['gen_ai.evaluation.name', 'evaluation.name', 'annotation.name'],
      'name',
      ['a', 'b', 'c'],
    ],
    [
      'score',
      ['gen_ai.evaluation.score.value', 'evaluation.score', 'annotation.score'],
      'score',
      [0.25, 0.5, 0.75],
    ],
    [
      'label',
      ['gen_ai.evaluation.score.label', 'evaluation.label', 'annotation.label'],
      'label',
      ['a', 'b', 'c'],
    ],
    [
      'explanation',
      ['gen_ai.evaluation.explanation', 'evaluation.explanation', 'annotation.explanation'],
      'explanation',
      ['a', 'b', 'c'],
    ],
  ])('has its %s by any of its keys', (_, keys, field, values) => {
    const rest: AttributesOf =
      field === 'name'
        ? { 'gen_ai.evaluation.score.label': 'x' }
        : { 'gen_ai.evaluation.name': 'x' };
    keys.forEach((key, place) => {
      expect(valuesOf({ attributes: { ...rest, [key]: values[place]! } })).toMatchObject({
        [field]: values[place],
      });
      const next = keys[place + 1];
      if (next === undefined) return;
      const both = { ...rest, [next]: values[place + 1]!, [key]: values[place]! };
      expect(valuesOf({ attributes: both })).toMatchObject({ [field]: values[place] });
    });
  });

  test.each<[AttributesOf, string]>([
    [{ 'gen_ai.evaluation.score.value': 1 }, 'no_name'],
    [{ 'gen_ai.evaluation.name': 'a' }, 'no_value'],
    [{ 'gen_ai.evaluation.name': 'a', 'gen_ai.evaluation.score.value': NAN }, 'not_a_number'],
  ])('%j is of no use: %s', (attributes, problem) => {
    expect(recordsOfSpan(event('gen_ai.evaluation.result', attributes))).toMatchObject({
      records: [],
      problems: [['evaluation', problem]],
    });
  });
});

describe('a feature flag', () => {
  const OLD = {
    'feature_flag.key': 'new-model',
    'feature_flag.provider_name': 'flagd',
    'feature_flag.variant': 'on',
    'feature_flag.evaluation.reason': 'split',
  };
  const NEW = {
    'feature_flag.key': 'new-model',
    'feature_flag.provider.name': 'flagd',
    'feature_flag.result.variant': 'on',
    'feature_flag.result.value': true,
    'feature_flag.result.reason': 'split',
    'feature_flag.set.id': 'shop',
    'feature_flag.version': '7',
    'feature_flag.context.id': 'user-1',
  };
  const FLAG = {
    kind: 'flag',
    flagKey: 'new-model',
    variant: 'on',
    value: '',
    flagProvider: 'flagd',
    flagSet: '',
    flagVersion: '',
    contextId: '',
    reason: 'split',
    errorType: '',
  };

  it('is read by old and new names', () => {
    expect(valuesOf(event('feature_flag', OLD))).toEqual(FLAG);
    const full = {
      ...FLAG,
      value: 'true',
      flagSet: 'shop',
      flagVersion: '7',
      contextId: 'user-1',
    };
    expect(valuesOf(event('feature_flag.evaluation', NEW))).toEqual(full);
    expect(valuesOf({ attributes: NEW })).toEqual(full);
    expect(valuesOf({ attributes: { ...OLD, ...NEW } })).toEqual(full);
  });

  it('is about the call around it, and needs none', () => {
    const events = [{ name: 'feature_flag.evaluation', attributes: NEW }];
    expect(onlyRecord({ attributes: CALL, events })).toMatchObject({
      inferenceId: `${SPAN_ID}:0`,
      model: 'gpt-4o',
    });
    expect(onlyRecord({ events }).inferenceId).toBe('');
  });

  it('without a key is of no use', () => {
    const { problems } = recordsOfSpan(event('feature_flag', { 'feature_flag.variant': 'on' }));
    expect(problems).toEqual([['flag', 'no_key']]);
  });
});

import { describe, expect, it, test } from '@jest/globals';
import {
  type AttributesOf,
  RECEIVED_AT_MS,
  START_MS,
  type TestSpan,
  type Value,
} from '../../../../test/support/normalizeSpans';
import { onlyRecord, recordsOfSpan } from '../../../../test/support/recordSpans';
import { createNormalizer } from '../normalizer';

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

describe('a label', () => {
  it('has its own time, source and the context of its span', () => {
    const told = onlyRecord({
      resource: { 'service.name': 'labels', 'deployment.environment.name': 'prod' },
      attributes: { 'ml.model.name': 'fraud', 'ml.model.version': '3' },
      ...event(
        'ml.label',
        about({ 'ml.label.value': 'fraud', 'ml.label.source': 'chargeback' }),
        START_MS + 7,
      ),
    });
    expect(told).toMatchObject({
      tenant: 'default',
      environment: 'prod',
      service: 'labels',
      model: 'fraud',
      version: '3',
      time: START_MS + 7,
      receivedAtMs: RECEIVED_AT_MS,
      inferenceId: 'p-1',
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      clockSkew: 0,
      values: { kind: 'label', value: NaN, label: 'fraud', source: 'chargeback' },
    });
  });

  test.each<[Value, number, string]>([
    ['yes', NaN, 'yes'],
    ['12.5', 12.5, '12.5'],
    [12.5, 12.5, '12.5'],
    [0, 0, '0'],
    [true, NaN, 'true'],
  ])('%p is a number where it is one, and always a text', (value, number, label) => {
    expect(valuesOf(event('ml.label', about({ 'ml.label.value': value })))).toMatchObject({
      value: number,
      label,
    });
  });

  test.each<[AttributesOf, string]>([
    [about({}), 'no_value'],
    [about({ 'ml.label.value': '' }), 'no_value'],
    [about({ 'ml.label.value': NAN }), 'not_a_number'],
    [about({ 'ml.label.value': { doubleValue: -Infinity } }), 'not_a_number'],
    [{ 'ml.label.value': 1 }, 'no_id'],
  ])('%j is of no use: %s', (attributes, problem) => {
    expect(recordsOfSpan(event('ml.label', attributes))).toMatchObject({
      records: [],
      problems: [['label', problem]],
    });
  });

  it('is read from events of its name only, and from attributes', () => {
    const attributes = about({ 'ml.label.value': 1 });
    expect(recordsOfSpan(event('note', attributes)).records).toEqual([]);
    expect(recordsOfSpan({ attributes })).toMatchObject({
      records: [{ inferenceId: 'p-1', time: START_MS }],
      inferences: 0,
    });
  });
});

describe('which prediction is meant', () => {
  const label = { name: 'ml.label', attributes: { 'ml.label.value': 1 } };
  const prediction = (attributes: AttributesOf = {}) => ({
    name: 'ml.prediction',
    attributes: { 'ml.prediction.score': 0.5, ...attributes },
  });

  test.each<[string, TestSpan, string]>([
    [
      'the prediction in the attributes',
      { attributes: { 'ml.prediction.score': 1 }, events: [label] },
      `${SPAN_ID}:0`,
    ],
    [
      'by the id it was given',
      { attributes: about({ 'ml.prediction.score': 1 }), events: [label] },
      'p-1',
    ],
    ['the call', { attributes: CALL, events: [label] }, `${SPAN_ID}:0`],
    ['the only prediction event', { events: [label, prediction()] }, `${SPAN_ID}:1`],
    ['its own id', { events: [prediction({ 'ml.prediction.id': 'p-2' }), label] }, 'p-2'],
    [
      'what the event says before what the span is',
      {
        attributes: CALL,
        ...event('ml.label', { 'ml.prediction.id': 'p-3', 'ml.label.value': 1 }),
      },
      'p-3',
    ],
  ])('%s', (_, span, id) => {
    expect(onlyRecord(span).inferenceId).toBe(id);
  });

  it('is not told by a span with several', () => {
    expect(recordsOfSpan({ events: [prediction(), prediction(), label] })).toMatchObject({
      records: [],
      problems: [['label', 'no_id']],
      inferences: 2,
    });
  });

  it('each prediction event tells its own explanation', () => {
    const { records } = recordsOfSpan({
      events: [
        prediction({ 'ml.explanation.age': 0.25 }),
        prediction({ 'ml.explanation.age': -1, 'ml.prediction.id': 'p-9' }),
      ],
    });
    expect(records.map(({ inferenceId, values }) => [inferenceId, values])).toEqual([
      [`${SPAN_ID}:0`, expect.objectContaining({ names: ['age'], attributions: [0.25] })],
      ['p-9', expect.objectContaining({ names: ['age'], attributions: [-1] })],
    ]);
  });
});

describe('the id of a record', () => {
  const label = (value: Value, timeMs = START_MS): string =>
    onlyRecord(event('ml.label', about({ 'ml.label.value': value }), timeMs)).recordId;

  it('is the same for a second delivery, whenever it comes', () => {
    const span = event('ml.label', about({ 'ml.label.value': 1 }), START_MS);
    const [later] = recordsOfSpan(span, RECEIVED_AT_MS + 60_000).records;
    expect(later!.recordId).toBe(label(1));
    expect(label(1)).toMatch(/^[0-9a-f]{32}$/);
  });

  it('differs with value and time', () => {
    expect(new Set([label(1), label(2), label('x'), label(1, START_MS + 1)]).size).toBe(4);
  });
});

describe('surroundings', () => {
  it('a clock that is ahead is marked', () => {
    const at = (timeMs: number) =>
      onlyRecord(event('ml.label', about({ 'ml.label.value': 1 }), timeMs)).clockSkew;
    expect([at(RECEIVED_AT_MS + 600_000), at(RECEIVED_AT_MS + 600_001)]).toEqual([0, 1]);
  });

  it('nothing of the span before is left', () => {
    const normalizer = createNormalizer();
    const before = event('ml.label', about({ 'ml.label.value': 1 }));
    expect(recordsOfSpan(before, RECEIVED_AT_MS, normalizer).records).toHaveLength(1);
    const plain = { attributes: { 'http.route': '/' } };
    expect(recordsOfSpan(plain, RECEIVED_AT_MS, normalizer)).toEqual({
      records: [],
      problems: [],
      inferences: 0,
    });
  });
});

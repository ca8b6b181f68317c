import { describe, expect, it } from '@jest/globals';
import {
  normalizeSpan,
  onlyInference,
  type AttributesOf,
} from '../../../test/support/normalizeSpans';
import type { Inference, NumberMap, TextMap } from '../core/inference';
import { MAX_PROBABILITIES } from './fillPrediction';

const predicted = (attributes: AttributesOf): Inference => onlyInference({ attributes });
const mapOf = (map: NumberMap | TextMap): Record<string, unknown> =>
  Object.fromEntries(map.keys.map((key, index) => [key, map.values[index]]));

describe('the output', () => {
  it('is taken as told', () => {
    const told = {
      'ml.prediction.id': 'p-1',
      'ml.prediction.value': 12.5,
      'ml.prediction.label': 'approve',
      'ml.prediction.score': 0.75,
    };
    expect(predicted(told)).toMatchObject({
      predictionId: 'p-1',
      predictionValue: 12.5,
      predictionLabel: 'approve',
      score: 0.75,
    });
  });

  it('keeps a class that was told as the value', () => {
    expect(predicted({ 'ml.prediction.value': true })).toMatchObject({
      predictionValue: NaN,
      predictionLabel: 'true',
    });
    expect(predicted({ 'ml.prediction.value': 'deny' }).predictionLabel).toBe('deny');
    expect(predicted({ 'ml.prediction.value': 0 })).toMatchObject({
      predictionValue: 0,
      predictionLabel: '',
    });
    expect(predicted({ 'ml.prediction.label': { intValue: 3 } }).predictionLabel).toBe('3');
  });

  it('has probabilities by class or by place', () => {
    const entries = [
      { key: 'yes', value: { doubleValue: 0.75 } },
      { key: 'no', value: { doubleValue: 0.25 } },
    ];
    const key = 'ml.prediction.probabilities';
    const map = predicted({ [key]: { kvlistValue: { values: entries } } });
    expect(mapOf(map.probabilities)).toEqual({ yes: 0.75, no: 0.25 });
    expect(mapOf(predicted({ [key]: [0.5, 0.25, 0.25] }).probabilities)).toEqual({
      0: 0.5,
      1: 0.25,
      2: 0.25,
    });
    const dotted = { [`${key}.yes`]: 0.5, [`${key}.no`]: '0.5', [`${key}.maybe`]: 'x' };
    expect(mapOf(predicted(dotted).probabilities)).toEqual({ yes: 0.5, no: 0.5 });
  });

  it('has a bounded number of classes', () => {
    const many = Array.from({ length: MAX_PROBABILITIES + 5 }, () => 0.5);
    expect(predicted({ 'ml.prediction.probabilities': many }).probabilities.keys).toHaveLength(
      MAX_PROBABILITIES,
    );
  });
});

describe('features', () => {
  it('are numbers or texts by what they were told as', () => {
    const inference = predicted({
      'ml.feature.age': 42,
      'ml.feature.amount': 12.75,
      'ml.feature.zero': { doubleValue: 0 },
      'ml.feature.big': { intValue: Number.MAX_SAFE_INTEGER },
      'ml.feature.below': { intValue: -3 },
      'ml.feature.country': 'DE',
      'ml.feature.digits': '007',
      'ml.feature.known': true,
      'ml.feature.new': false,
    });
    expect(mapOf(inference.featureNumbers)).toEqual({
      age: 42,
      amount: 12.75,
      zero: 0,
      big: Number.MAX_SAFE_INTEGER,
      below: -3,
    });
    expect(mapOf(inference.featureTexts)).toEqual({
      country: 'DE',
      digits: '007',
      known: 'true',
      new: 'false',
    });
  });

  it('that are missing, hidden or no single value are left out', () => {
    const inference = predicted({
      'ml.feature.ok': 1,
      'ml.feature.nan': { doubleValue: NaN },
      'ml.feature.empty': '',
      'ml.feature.hidden': '__REDACTED__',
      'ml.feature.list': [1, 2],
      'ml.feature.bytes': { bytesValue: new Uint8Array([1]) },
      'ml.feature.': 3,
    });
    expect(mapOf(inference.featureNumbers)).toEqual({ ok: 1 });
    expect(mapOf(inference.featureTexts)).toEqual({});
  });

  it('of an event are completed by those of its span and resource, once each', () => {
    const [inference] = normalizeSpan({
      resource: { 'ml.feature.a': 1, 'ml.feature.r': 'r' },
      attributes: { 'ml.feature.a': 2, 'ml.feature.b': 'span' },
      events: [{ name: 'ml.prediction', attributes: { 'ml.feature.a': 3, 'ml.feature.c': 4 } }],
    });
    expect(mapOf(inference!.featureNumbers)).toEqual({ a: 3, c: 4 });
    expect(mapOf(inference!.featureTexts)).toEqual({ b: 'span', r: 'r' });
    expect(inference!.featureNumbers.keys).toHaveLength(2);
  });
});

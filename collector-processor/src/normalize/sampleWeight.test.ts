import { describe, expect, it } from '@jest/globals';
import { onlyInference, type AttributesOf } from '../../../test/support/normalizeSpans';
import { traceStateWeight } from './sampleWeight';

const weigh = (traceState: string, attributes: AttributesOf = {}): number =>
  onlyInference({ traceState, attributes: { 'gen_ai.operation.name': 'chat', ...attributes } })
    .sampleWeight;

describe('the weight in a tracestate', () => {
  // The thresholds are those of the specification's own table.
  it.each([
    ['ot=th:0', 1],
    ['ot=th:8', 2],
    ['ot=th:c', 4],
    ['ot=rv:abcdef12345678;th:c', 4],
    ['vendor=1, ot=th:8 ', 2],
    ['ot=th:ffffffffffffff', 2 ** 56],
    ['ot=p:3;r:62', 8],
    ['ot=p:0', 1],
  ])('of %s is %d', (traceState, weight) => {
    expect(traceStateWeight(traceState)).toBe(weight);
  });

  it('of a threshold for 10% is ten', () => {
    expect(traceStateWeight('ot=th:e6666666666668')).toBeCloseTo(10, 9);
    expect(traceStateWeight('ot=th:fd70a')).toBeCloseTo(100, 2);
  });

  it.each(['ot=th:', 'ot=th:xyz', 'ot=th:000000000000001', 'ot=p:63', 'ot=p:-1', 'ot=th:C'])(
    'is unknown when the sampler wrote nothing that can be read: %s',
    (traceState) => {
      expect(traceStateWeight(traceState)).toBeNaN();
    },
  );

  it.each(['', 'vendor=th:8', 'ot=rv:abcdef12345678', 'aot=th:8'])(
    'is not told by "%s"',
    (traceState) => {
      expect(traceStateWeight(traceState)).toBeUndefined();
    },
  );
});

describe('the weight of a call', () => {
  it('is 1 when nothing says that there was sampling', () => {
    expect(weigh('')).toBe(1);
    expect(weigh('vendor=x')).toBe(1);
  });

  it('is believed from the tracestate before attributes', () => {
    expect(weigh('ot=th:8', { SampleRate: 20 })).toBe(2);
    expect(weigh('vendor=x', { SampleRate: 20 })).toBe(20);
  });

  it.each([
    [{ SampleRate: 20 }, 20],
    [{ 'sample.rate': '5' }, 5],
    [{ 'sampling.probability': 0.25 }, 4],
    [{ 'sampling.ratio': 0.5 }, 2],
    [{ 'sampler.type': 'const', 'sampler.param': true }, 1],
    [{ 'sampler.type': 'probabilistic', 'sampler.param': 0.125 }, 8],
  ])('is told by %j', (attributes, weight) => {
    expect(weigh('', attributes)).toBe(weight);
  });

  it.each([
    { 'sampler.type': 'ratelimiting', 'sampler.param': 2 },
    { 'sampler.type': 'probabilistic' },
    { 'sampling.rule': 'errors' },
    { 'tailsampling.policy': 'slow' },
    { 'sampling.probability': { doubleValue: 0 } },
    { SampleRate: { doubleValue: 0.5 } },
    { SampleRate: { doubleValue: 1e300 } },
    { 'sampling.ratio': { doubleValue: 5e-324 } },
  ])('is unknown when a sampler is told without a rate: %j', (attributes) => {
    expect(weigh('', attributes)).toBeNaN();
  });
});

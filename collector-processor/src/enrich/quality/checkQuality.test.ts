import { describe, expect, test } from '@jest/globals';
import type { FeatureContract } from '../../core/contract';
import { Inference } from '../../core/inference';
import { MAX_VIOLATIONS, noteViolation } from '../../core/violation';
import { checkedPricer } from './checkedPricer';
import { createQualityCheck } from './checkQuality';

const feature = (name: string, more: Partial<FeatureContract>): FeatureContract => ({
  ...{ feature: name, required: false, type: undefined, min: undefined, max: undefined },
  ...{ allowed: undefined, pattern: undefined, tolerance: 0 },
  ...more,
});
const anyone = { tenant: undefined, environment: undefined, version: undefined };

function violationsOf(
  contract: FeatureContract | FeatureContract[],
  values: Record<string, number | string>,
  change: (inference: Inference) => void = () => undefined,
): string[] {
  const inference = new Inference();
  inference.model = 'm';
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'number') inference.featureNumbers.set(name, value);
    else inference.featureTexts.set(name, value);
  }
  change(inference);
  const check = createQualityCheck([
    { ...anyone, model: 'm', freshnessMs: undefined, features: [contract].flat() },
  ]);
  check!(inference);
  return [...inference.violations];
}

describe('the check of a row', () => {
  test.each<[string, Partial<FeatureContract>, number | string, string[]]>([
    ['a number in range', { min: 0, max: 2 }, 2, []],
    ['above', { max: 2 }, 2.1, ['range:x']],
    ['below', { min: 0 }, -1e308, ['range:x']],
    ['infinite', { max: 1e308 }, Infinity, ['range:x']],
    ['1e308 in range', { type: 'number', max: 1e308 }, 1e308, []],
    ['a text for a range', { min: 0 }, '1', ['type:x']],
    ['a text for a number', { type: 'number' }, '1', ['type:x']],
    ['a number for a text', { type: 'text' }, 1, ['type:x']],
    ['a fraction for an integer', { type: 'integer' }, 1.5, ['type:x']],
    ['true for a boolean', { type: 'boolean' }, 'true', []],
    ['yes for a boolean', { type: 'boolean' }, 'yes', ['type:x']],
    ['an allowed number', { allowed: ['1', '2'] }, 1, []],
    ['an unknown text', { allowed: ['a'] }, 'b', ['allowed:x']],
    ['a match', { pattern: '^[0-9]{5}$' }, '01234', []],
    ['no match', { pattern: '^[0-9]{5}$' }, '1234', ['pattern:x']],
    ['a text too long to match', { pattern: 'a' }, 'a'.repeat(1001), ['pattern:x']],
  ])('%s', (_, contract, value, expected) => {
    expect(violationsOf(feature('x', contract), { x: value })).toEqual(expected);
  });

  test('required, also the output; other features are not looked at', () => {
    const required = { required: true };
    expect(violationsOf(feature('x', required), { y: 1 })).toEqual(['missing:x']);
    expect(violationsOf(feature('x', required), { x: '0' })).toEqual([]);
    expect(violationsOf(feature('@prediction', required), {})).toEqual(['missing:@prediction']);
    expect(
      violationsOf(
        [feature('@prediction', { allowed: ['no'] }), feature('@score', { max: 1 })],
        {},
        (one) => {
          one.predictionLabel = 'yes';
          one.score = 1.5;
        },
      ),
    ).toEqual(['allowed:@prediction', 'range:@score']);
  });

  test('a container and another version are not held to it', () => {
    const inference = new Inference();
    inference.model = 'm';
    inference.version = 'v2';
    const model = { ...anyone, model: 'm', freshnessMs: undefined };
    const features = [feature('x', { required: true })];
    createQualityCheck([{ ...model, version: 'v1', features }])!(inference);
    inference.rollup = 1;
    createQualityCheck([{ ...model, features }])!(inference);
    expect(inference.violations).toEqual([]);
  });

  test('violations are bounded, each there once', () => {
    const inference = new Inference();
    for (let k = 0; k < 5_000; k++) noteViolation(inference, 'empty', `f${k % 2_500}`);
    expect(inference.violations).toHaveLength(MAX_VIOLATIONS + 1);
    expect(inference.violations.at(-1)).toBe('more:');
    inference.reset();
    expect(inference.violations).toEqual([]);
  });

  test('without contracts nothing is in the way', () => {
    const pricer = { price: () => undefined };
    expect(checkedPricer(pricer, [])).toBe(pricer);
  });
});

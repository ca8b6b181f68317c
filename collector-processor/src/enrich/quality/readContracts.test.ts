import { describe, expect, test } from '@jest/globals';
import { readContracts } from './readContracts';

const errorsOf = (text: string): readonly string[] => {
  const read = readContracts(text);
  return read.ok ? [] : read.errors;
};

describe('readContracts', () => {
  test('reads what a model must be like', () => {
    expect(
      readContracts(`models:
  - model: fraud
    environment: prod
    freshness: 15m
    features:
      amount: { required: true, type: number, min: 0, max: 1e5, tolerance: 0.01 }
      tier: { allowed: [1, gold, true] }`),
    ).toEqual({
      ok: true,
      models: [
        {
          model: 'fraud',
          environment: 'prod',
          freshnessMs: 900_000,
          features: [
            {
              ...{ feature: 'amount', required: true, type: 'number', min: 0, max: 100_000 },
              tolerance: 0.01,
            },
            { feature: 'tier', required: false, allowed: ['1', 'gold', 'true'], tolerance: 0 },
          ],
        },
      ],
    });
  });

  test.each([
    ['max: 1, min: 2', 'model fraud, feature amount, min 2: must not be more than max (1)'],
    ['typ: number', 'model fraud, feature amount, typ: unknown key'],
    ['min: low', 'model fraud, feature amount, min "low": expected number, received string'],
    ["pattern: '['", 'model fraud, feature amount, pattern "[": must be a regular expression'],
    ['type: text, max: 3', 'model fraud, feature amount, max 3: means nothing for type text'],
    ['tolerance: 1', 'model fraud, feature amount, tolerance 1: must be less than 1'],
    ['min: .nan', 'model fraud, feature amount, min null: expected number, received NaN'],
    ['allowed: []', 'model fraud, feature amount, allowed []: must name a value'],
  ])('%s is refused by name and value', (keys, error) => {
    const [told] = errorsOf(`models: [{ model: fraud, features: { amount: { ${keys} } } }]`);
    expect(told).toContain(error);
  });

  test('what is no contract file is refused', () => {
    expect(errorsOf('models: [{ model: fraud, freshness: soon }]')).toEqual([
      'model fraud, freshness "soon": must be a time such as 30s, 15m, 2h or 1d',
    ]);
    expect(errorsOf('[')).toHaveLength(1);
    expect(errorsOf('')).toEqual(['the file null: expected object, received null']);
    expect(errorsOf('models: [&a { model: x }, *a]')).toEqual([
      'the file: aliases are not allowed',
    ]);
    expect(errorsOf('models: [{ features: {} }]')[0]).toContain('model models[0], model');
  });
});

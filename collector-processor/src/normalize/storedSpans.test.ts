import { describe, expect, test } from '@jest/globals';
import { numberOfStored } from './storedSpans';

describe('numberOfStored', () => {
  test.each([
    ['0', 0],
    ['-12', -12],
    ['0.25', 0.25],
    ['1.50', 1.5],
    ['1e-7', 1e-7],
    ['1e+21', 1e21],
    ['NaN', NaN],
    ['+Inf', Infinity],
    ['-Infinity', -Infinity],
  ])('%s is a number', (text, number) => {
    expect(numberOfStored(text)).toBe(number);
  });

  test.each([
    '',
    ' 1',
    '1 ',
    '007',
    '0x10',
    '1_000',
    '1,5',
    '1.',
    '.5',
    '1e999',
    'true',
    '12a',
    '[1]',
  ])('%j is a text', (text) => {
    expect(numberOfStored(text)).toBeUndefined();
  });
});

import { describe, expect, test } from '@jest/globals';
import { storedValue } from './jsonValue';

const hex = (text: string): string => storedValue(text).toString('hex');

describe('storedValue', () => {
  test.each([
    ['a text', 'plain', '0a05706c61696e'],
    ['an empty text', '', '0a00'],
    ['a text that looks like JSON and is none', '[1,', '0a035b312c'],
    ['a number, which is no list', '12', '0a023132'],
    ['an empty list', '[]', '2a00'],
    ['texts in a list', '["a","b"]', '2a0a' + '0a030a0161' + '0a030a0162'],
    ['a number in a list', '[1]', '2a0b' + '0a0921000000000000f03f'],
    ['a truth value and null', '[true,null]', '2a06' + '0a021001' + '0a00'],
    ['a map', '{"k":"v"}', '320a' + '0a08' + '0a016b' + '12030a0176'],
  ])('%s', (_, text, expected) => {
    expect(hex(text)).toBe(expected);
  });

  test('what is nested too deeply stays a text', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(storedValue(nested(32))[0]).toBe(0x2a);
    expect(storedValue(nested(34))[0]).toBe(0x0a);
  });

  test('lengths over 127 take two bytes', () => {
    expect(storedValue('x'.repeat(200)).subarray(0, 3).toString('hex')).toBe('0ac801');
  });
});

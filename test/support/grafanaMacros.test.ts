import { describe, expect, it } from '@jest/globals';
import { expandMacros, interpolate } from './grafanaMacros';

const RANGE = { from: 1_000_500, to: 2_000_000, intervalS: 60 };

describe('expandMacros', () => {
  it.each([
    ['$__timeFilter(time)', 'time >= toDateTime(1000) AND time <= toDateTime(2000)'],
    [
      '$__timeFilter_ms(a.time)',
      'a.time >= fromUnixTimestamp64Milli(1000500) AND a.time <= fromUnixTimestamp64Milli(2000000)',
    ],
    ['$__timeInterval(time)', 'toStartOfInterval(toDateTime(time), INTERVAL 60 second)'],
    ['$__fromTime $__toTime $__interval_s', 'toDateTime(1000) toDateTime(2000) 60'],
  ])('expands %s', (sql, expanded) => {
    expect(expandMacros(sql, RANGE)).toBe(expanded);
  });

  it('refuses what the backend leaves as it is', () => {
    expect(() => expandMacros('$__conditionalAll(a, b)', RANGE)).toThrow('$__conditionalAll');
  });
});

describe('interpolate', () => {
  it.each([
    [{ model: ['a', "b'"] }, "IN ('a','b\\'')"],
    [{ model: { custom: "'__all'" } }, "IN ('__all')"],
    [{}, 'IN (${model:singlequote})'],
  ])('puts in %j', (variables, sql) => {
    expect(interpolate('IN (${model:singlequote})', variables)).toBe(sql);
  });

  it('leaves macros alone and knows the short form', () => {
    expect(interpolate('$__timeFilter(time) $model', { model: 'a' })).toBe('$__timeFilter(time) a');
  });
});

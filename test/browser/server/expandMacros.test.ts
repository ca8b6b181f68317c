import { expandMacros } from './expandMacros';

const range = { fromMs: 1_700_000_000_123, toMs: 1_700_003_600_456, intervalMs: 60_000 };
const expand = (sql: string): string => expandMacros(sql, range);

test.each([
  ['$__timeFilter(t)', 't >= toDateTime(1700000000) AND t <= toDateTime(1700003600)'],
  [
    '$__timeFilter_ms(t)',
    't >= fromUnixTimestamp64Milli(1700000000123) AND t <= fromUnixTimestamp64Milli(1700003600456)',
  ],
  ['$__dateFilter(d)', "d >= toDate('2023-11-14') AND d <= toDate('2023-11-14')"],
  ['$__fromTime', 'toDateTime(1700000000)'],
  ['$__toTime_ms', 'fromUnixTimestamp64Milli(1700003600456)'],
  ['$__timeInterval(t)', 'toStartOfInterval(toDateTime(t), INTERVAL 60 second)'],
  ['$__timeInterval_ms(t)', 'toStartOfInterval(toDateTime64(t, 3), INTERVAL 60000 millisecond)'],
  ['$__interval_s', '60'],
  ['$__interval_ms', '60000'],
  ['$__interval', '1m'],
])('%s', (macro, expanded) => {
  expect(expand(`SELECT 1 WHERE ${macro} AND 1`)).toBe(`SELECT 1 WHERE ${expanded} AND 1`);
});

test('reads brackets within arguments', () => {
  expect(expand('WHERE $__timeFilter(toDateTime(max(a, b))) LIMIT 1')).toBe(
    'WHERE toDateTime(max(a, b)) >= toDateTime(1700000000) AND toDateTime(max(a, b)) <= toDateTime(1700003600) LIMIT 1',
  );
  expect(expand('$__dt(d, f(t, 1))')).toContain('f(t, 1) >= toDateTime(1700000000)');
});

test('expands within literals and leaves what it does not know', () => {
  expect(expand("SELECT '$__interval_s', $__range_s, $plain")).toBe(
    "SELECT '60', $__range_s, $plain",
  );
});

test('refuses wrong arguments and macros that the host does not know', () => {
  expect(() => expand('$__timeFilter(a, b)')).toThrow('unexpected number of arguments: 2');
  expect(() => expand('$__timeFilter(a')).toThrow('not closed');
  expect(() => expand('$__timeGroup(a, 1)')).toThrow('$__timeGroup');
});

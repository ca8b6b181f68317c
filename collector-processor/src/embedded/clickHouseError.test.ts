import { ClickHouseError } from './clickHouseError';
import { httpStatus } from './httpStatus';

test.each([
  [
    'Query failed: Code: 60. DB::Exception: No table t. (UNKNOWN_TABLE)',
    60,
    'Code: 60. DB::Exception: No table t. (UNKNOWN_TABLE)',
  ],
  [
    "Query failed: Code: 73. DB::Exception: Code: 73. DB::Exception: Code: 73. DB::Exception: Unknown format Nope. Maybe you meant: ['One']. (UNKNOWN_FORMAT) (version 26.7.2.1). (UNKNOWN_FORMAT) (version 26.7.2.1). (UNKNOWN_FORMAT)",
    73,
    "Code: 73. DB::Exception: Unknown format Nope. Maybe you meant: ['One']. (UNKNOWN_FORMAT)",
  ],
  [
    'Code: 241. DB::Exception: (total) memory limit exceeded: (2 parts)\n. (MEMORY_LIMIT_EXCEEDED)',
    241,
    'Code: 241. DB::Exception: (total) memory limit exceeded: (2 parts)\n. (MEMORY_LIMIT_EXCEEDED)',
  ],
  ['something else', 1001, 'Code: 1001. DB::Exception: something else (STD_EXCEPTION)'],
])('%s', (told, code, text) => {
  const error = ClickHouseError.from(new Error(told));
  expect([error.code, error.message]).toEqual([code, text]);
  expect(error.describe('26.7.2.1')).toBe(`${text} (version 26.7.2.1 (official build))`);
  expect(ClickHouseError.from(error)).toBe(error);
});

test.each([
  [62, 400],
  [60, 404],
  [516, 401],
  [497, 403],
  [159, 408],
  [229, 413],
  [48, 501],
  [202, 500],
  [164, 500],
  [999, 500],
])('code %d is status %d', (code, status) => {
  expect(httpStatus(code)).toBe(status);
});

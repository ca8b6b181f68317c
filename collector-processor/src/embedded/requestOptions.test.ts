import { readOptions } from './requestOptions';
import type { RequestOptions } from './requestOptions';
import { requestState } from './requestState';
import { EMBEDDED_DEFAULTS } from './settings';

const optionsOf = (keys: string, headers = {}): RequestOptions =>
  readOptions(new URL(`http://x/?${keys}`), headers);
const limits = EMBEDDED_DEFAULTS.limits;

test('keys of the interface are not settings, everything else is', () => {
  const options = optionsOf(
    'query=SELECT+1&query_id=q&database=d&default_format=Native&client_protocol_version=54460&max_threads=2&param_x=1&enable_http_compression=1&wait_end_of_query=1&quota_key=k',
  );
  expect(options).toMatchObject({
    query: 'SELECT 1',
    database: 'd',
    defaultFormat: 'Native',
    clientRevision: '54460',
    waitEnd: true,
    compressResponse: true,
    session: undefined,
  });
  expect([...options.settings]).toEqual([['max_threads', '2']]);
  expect([...options.parameters]).toEqual([['param_x', '1']]);
});

test('database and format from headers', () => {
  const headers = { 'x-clickhouse-database': 'd', 'x-clickhouse-format': 'CSV' };
  expect(optionsOf('', headers)).toMatchObject({ database: 'd', defaultFormat: 'CSV' });
});

test.each([
  ['compress=1', 48],
  ['decompress=1', 48],
  ['role=a', 511],
  ['a%3Bb=1', 115],
  ['param_a%27=1', 115],
  ['default_format=a%3Bb', 73],
  ['session_id=a&session_timeout=-1', 374],
  ['session_id=a&session_timeout=3601', 374],
])('%s is refused', (keys, code) => {
  expect(() => optionsOf(keys)).toThrow(expect.objectContaining({ code }) as Error);
});

test('the state of a request as SQL: readonly last, limits cut', () => {
  const keys =
    'readonly=2&max_threads=1&max_memory_usage=0&max_execution_time=9999&param_x=it%27s&log_comment=me&database=d';
  const state = requestState(optionsOf(keys), false, limits);
  expect(state).toEqual({
    database: 'd',
    set: `SET max_execution_time = 600, max_threads = '1', max_memory_usage = '${limits.queryMemoryBytes}', param_x = 'it\\'s', readonly = '2'`,
    plain: false,
    logComment: 'me',
    executionSeconds: 600,
    changed: ['max_threads', 'max_memory_usage'],
  });
});

test('a request with a run time and a database only is plain', () => {
  const state = requestState(optionsOf('max_execution_time=14&database=d'), false, limits);
  expect([state.plain, state.executionSeconds, state.set]).toEqual([
    true,
    14,
    'SET max_execution_time = 14',
  ]);
});

test('a read-only user is so already, and may not leave it', () => {
  const set = (keys: string): string => requestState(optionsOf(keys), true, limits).set;
  expect(set('readonly=2')).toBe('SET max_execution_time = 600');
  expect(set('readonly=0')).toBe("SET max_execution_time = 600, readonly = '0'");
});

import type { IncomingMessage } from 'node:http';
import { ClickHouseError } from './clickHouseError';

/** What a request asks for besides its statement, from the URL and the headers. */
export interface RequestOptions {
  readonly query: string;
  readonly queryId: string | undefined;
  readonly database: string | undefined;
  readonly defaultFormat: string | undefined;
  readonly session:
    | { readonly id: string; readonly timeoutSeconds: number; readonly mustExist: boolean }
    | undefined;
  /** ClickHouse settings, in the order of the URL. */
  readonly settings: ReadonlyMap<string, string>;
  /** `param_*` keys with the prefix: values of `{name:Type}`. */
  readonly parameters: ReadonlyMap<string, string>;
  /** The revision that a clickhouse-go driver announces. */
  readonly clientRevision: string | undefined;
  readonly waitEnd: boolean;
  readonly compressResponse: boolean;
}

/** Keys of the URL that are meant for the HTTP interface; all others are settings of the query. */
const HTTP_KEYS = new Set([
  'query',
  'query_id',
  'database',
  'default_format',
  'user',
  'password',
  'quota_key',
  'session_id',
  'session_timeout',
  'session_check',
  'close_session',
  'compress',
  'decompress',
  'role',
  'buffer_size',
  'wait_end_of_query',
  'stacktrace',
  'client_protocol_version',
  // Real settings, but about HTTP: the engine would take and ignore them, and a changed setting costs a fresh connection.
  'enable_http_compression',
  'http_zlib_compression_level',
  'http_response_buffer_size',
  'http_headers_progress_interval_ms',
  'http_wait_end_of_query',
  'http_write_exception_in_output_format',
  'http_native_compression_disable_checksumming_on_decompress',
  'send_progress_in_http_headers',
]);

const MAX_SESSION_SECONDS = 3600;

/** Throws a `ClickHouseError` for keys and values that the interface does not take. */
export function readOptions(url: URL, headers: IncomingMessage['headers']): RequestOptions {
  const keys = url.searchParams;
  refuseUnsupported(keys);
  const settings = new Map<string, string>();
  const parameters = new Map<string, string>();
  for (const [key, value] of keys) {
    if (key.startsWith('param_')) parameters.set(nameOf(key), value);
    else if (!HTTP_KEYS.has(key)) settings.set(nameOf(key), value);
  }
  return {
    query: keys.get('query') ?? '',
    queryId: keys.get('query_id') ?? undefined,
    database: filled(keys.get('database')) ?? header(headers['x-clickhouse-database']),
    defaultFormat: formatOf(
      filled(keys.get('default_format')) ?? header(headers['x-clickhouse-format']),
    ),
    session: sessionOf(keys),
    settings,
    parameters,
    clientRevision: keys.get('client_protocol_version') ?? undefined,
    waitEnd: isOn(keys.get('wait_end_of_query')) || isOn(keys.get('http_wait_end_of_query')),
    compressResponse: isOn(keys.get('enable_http_compression')),
  };
}

const isOn = (value: string | null): boolean => value === '1' || value === 'true';
const filled = (value: string | null): string | undefined =>
  value === null || value === '' ? undefined : value;
const header = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

function refuseUnsupported(keys: URLSearchParams): void {
  if (isOn(keys.get('compress')) || isOn(keys.get('decompress')))
    throw ClickHouseError.of(
      'NOT_IMPLEMENTED',
      "The embedded engine does not speak ClickHouse's own compressed blocks (compress=1, decompress=1; LZ4, ZSTD). " +
        'Turn compression off in the client, or use gzip (clickhouse-go: compress=none or gzip; Collector: compress: none)',
    );
  const role = keys.get('role');
  if (role !== null) throw ClickHouseError.of('UNKNOWN_ROLE', `There is no role \`${role}\``);
}

/** It goes into the statement and into a header. */
function formatOf(name: string | undefined): string | undefined {
  if (name === undefined || /^\w+$/.test(name)) return name;
  throw ClickHouseError.of('UNKNOWN_FORMAT', `Unknown format ${name}`);
}

/** Names go into a SET statement, so they have to be names. */
function nameOf(key: string): string {
  if (/^[A-Za-z_][\w.]*$/.test(key)) return key;
  throw ClickHouseError.of('UNKNOWN_SETTING', `Unknown setting '${key}'`);
}

function sessionOf(keys: URLSearchParams): RequestOptions['session'] {
  const id = filled(keys.get('session_id'));
  if (id === undefined) return undefined;
  const timeoutSeconds = Number(keys.get('session_timeout') ?? 60);
  if (
    !Number.isInteger(timeoutSeconds) ||
    timeoutSeconds < 0 ||
    timeoutSeconds > MAX_SESSION_SECONDS
  )
    throw ClickHouseError.of(
      'INVALID_SESSION_TIMEOUT',
      `Session timeout '${keys.get('session_timeout') ?? ''}' is not a number of seconds up to ${MAX_SESSION_SECONDS}`,
    );
  return { id, timeoutSeconds, mustExist: isOn(keys.get('session_check')) };
}

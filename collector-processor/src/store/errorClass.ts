import { ClickHouseError } from '@clickhouse/client';

/**
 * What to do about a failed insert.
 * `retry`: the store cannot now (down, overloaded, read-only, misconfigured): senders keep their data and try again.
 * `data`: the store read the rows and will never take them: find the guilty ones.
 */
export type ErrorClass = 'retry' | 'data';

/**
 * Codes that tell of the rows themselves. Everything else is a state of the store that can pass or be mended, so it is
 * answered with "try again", which loses nothing.
 * https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp
 */
const DATA_CODES = new Set([
  '6', // CANNOT_PARSE_TEXT
  '9', // SIZES_OF_COLUMNS_DOESNT_MATCH
  '25', // CANNOT_PARSE_ESCAPE_SEQUENCE
  '26', // CANNOT_PARSE_QUOTED_STRING
  '27', // CANNOT_PARSE_INPUT_ASSERTION_FAILED
  '33', // CANNOT_READ_ALL_DATA
  '38', // CANNOT_PARSE_DATE
  '41', // CANNOT_PARSE_DATETIME
  '53', // TYPE_MISMATCH
  '69', // ARGUMENT_OUT_OF_BOUND
  '70', // CANNOT_CONVERT_TYPE
  '72', // CANNOT_PARSE_NUMBER
  '117', // INCORRECT_DATA
  '128', // TOO_LARGE_ARRAY_SIZE
  '131', // TOO_LARGE_STRING_SIZE
  '190', // SIZES_OF_ARRAYS_DONT_MATCH
  '321', // VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE
  '407', // DECIMAL_OVERFLOW
  '469', // VIOLATED_CONSTRAINT
]);

/** Days (partitions) that one insert may touch: senders with broken clocks must not make thousands of small parts. */
export const MAX_DAYS_PER_INSERT = 1000;

/** `days` is how many partitions the block touches: code 252 is about the rows only when they are too many. */
export function classOf(error: unknown, days: number): ErrorClass {
  if (!(error instanceof ClickHouseError)) return 'retry';
  if (error.code === '252') return days > MAX_DAYS_PER_INSERT ? 'data' : 'retry';
  return DATA_CODES.has(error.code) ? 'data' : 'retry';
}

/** Codes of a connection that only another configuration can mend. */
const CONFIGURATION_CODES = new Set([
  '81', // UNKNOWN_DATABASE
  '192', // UNKNOWN_USER
  '193', // WRONG_PASSWORD
  '194', // REQUIRED_PASSWORD
  '516', // AUTHENTICATION_FAILED
]);

/** The store answers, but not to this database, user or password: at start better told at once than waited for. */
export const isMisconfigured = (error: unknown): boolean =>
  error instanceof ClickHouseError && CONFIGURATION_CODES.has(error.code);

/** The engine's error code, or the network's (`ECONNREFUSED`); for logs and counters. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string')
    return error.code;
  return error instanceof Error ? error.name : 'unknown';
}

import { ClickHouseError } from './clickHouseError';
import { sqlTokens } from './sqlTokens';
import type { SqlToken } from './sqlTokens';

/** The SQL in front of the data of an insert. Offsets count bytes of the request. */
export interface InsertHead {
  /** `INSERT INTO t (a, b)`. */
  readonly into: string;
  /** `SETTINGS …`, or empty. */
  readonly settings: string;
  readonly format: string;
  /** Where the data begins. */
  readonly dataAt: number;
  readonly tokens: readonly SqlToken[];
}

/** Words that may follow the target of an insert and make it a statement without data. */
const NO_DATA = new Set(['SELECT', 'WITH', 'FROM', 'WATCH']);

/**
 * Finds out whether a request is an insert that brings data, and where the data begins.
 * Read as Latin-1, so that an offset in the text is an offset in the bytes, whatever follows the SQL.
 * undefined: no such insert, or its SQL is longer than `prefix`.
 */
export function findInsertHead(prefix: Buffer): InsertHead | undefined {
  const sql = prefix.toString('latin1');
  const seen: SqlToken[] = [];
  let settingsAt = -1;
  let formatAt = -1;
  for (const token of sqlTokens(sql)) {
    seen.push(token);
    if (formatAt >= 0) {
      if (token.kind !== 'word') return undefined;
      return headOf(
        prefix,
        seen,
        { settingsAt, sqlEnd: formatAt, dataAt: dataAfter(prefix, token.end) },
        token.value,
      );
    }
    const word = token.kind === 'word' && token.depth === 0 ? token.value.toUpperCase() : '';
    if (seen.length === 1 && word !== 'INSERT') return undefined;
    if (isTarget(seen)) continue;
    if (NO_DATA.has(word)) return undefined;
    if (word === 'SETTINGS') settingsAt = token.start;
    if (word === 'FORMAT') formatAt = token.start;
    if (word === 'VALUES')
      return headOf(prefix, seen, { settingsAt, sqlEnd: token.start, dataAt: token.end }, 'Values');
  }
  return undefined;
}

/** The last token belongs to `INSERT INTO [TABLE] [FUNCTION] name`: a table may be called `values` or `format`. */
function isTarget(seen: readonly SqlToken[]): boolean {
  const before = seen.at(-2);
  if (before === undefined) return true;
  const after = before.kind === 'word' ? before.value.toUpperCase() : before.value;
  return before.depth === 0 && ['INSERT', 'INTO', 'TABLE', 'FUNCTION', '.'].includes(after);
}

interface Cuts {
  readonly settingsAt: number;
  readonly sqlEnd: number;
  readonly dataAt: number;
}

function headOf(
  prefix: Buffer,
  tokens: readonly SqlToken[],
  cuts: Cuts,
  format: string,
): InsertHead {
  const intoEnd = cuts.settingsAt < 0 ? cuts.sqlEnd : cuts.settingsAt;
  return {
    into: prefix.toString('utf8', 0, intoEnd).trimEnd(),
    settings: prefix.toString('utf8', intoEnd, cuts.sqlEnd).trim(),
    format,
    dataAt: cuts.dataAt,
    tokens,
  };
}

/** ClickHouse's own rule: blanks, then at most one line end, which is needed because binary data may begin with any byte. */
function dataAfter(prefix: Buffer, formatEnd: number): number {
  let at = formatEnd;
  while (prefix[at] === 0x20 || prefix[at] === 0x09 || prefix[at] === 0x0c) at += 1;
  if (prefix[at] === 0x3b)
    throw ClickHouseError.of(
      'SYNTAX_ERROR',
      'Syntax error: you have a semicolon between FORMAT and the data of the insert.',
    );
  if (prefix[at] === 0x0d) at += 1;
  if (prefix[at] === 0x0a) at += 1;
  return at;
}

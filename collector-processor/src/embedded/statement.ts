import { ClickHouseError } from './clickHouseError';
import { sqlTokens } from './sqlTokens';
import type { SqlToken } from './sqlTokens';

/**
 * One statement without data of its own. `select` has a result of any size; `describe` (SHOW, EXPLAIN, …) a small one;
 * `session` changes the connection only (SET, USE); `command` is everything else, and may write.
 */
export interface Statement {
  readonly kind: 'empty' | 'select' | 'describe' | 'session' | 'command';
  /** Without the closing semicolon. */
  readonly text: string;
  /** Of the FORMAT clause; undefined when there is none. */
  readonly format?: string;
  /** Where a clause may be put before `FORMAT …`; the end of the text when there is none. */
  readonly formatAt: number;
  /** Behind the FORMAT clause. */
  readonly formatEnd: number;
  readonly tokens: readonly SqlToken[];
}

const KINDS: Readonly<Record<string, Statement['kind']>> = {
  SELECT: 'select',
  WITH: 'select',
  FROM: 'select',
  SHOW: 'describe',
  DESCRIBE: 'describe',
  DESC: 'describe',
  EXPLAIN: 'describe',
  EXISTS: 'describe',
  SET: 'session',
  USE: 'session',
};

const isWord = (token: SqlToken | undefined, word: string): boolean =>
  token?.kind === 'word' && token.value.toUpperCase() === word;

const isSign = (token: SqlToken | undefined, sign: string): boolean =>
  token?.kind === 'sign' && token.value === sign;

/** Says what kind of statement it is. Throws when the text holds several, or one that would write files by itself. */
export function parseStatement(sql: string): Statement {
  const all = [...sqlTokens(sql)];
  const tokens = withoutClosingSemicolons(all);
  const last = tokens.at(-1);
  if (last === undefined) return { kind: 'empty', text: '', formatAt: 0, formatEnd: 0, tokens };
  const text = sql.slice(0, last.end);
  // What does not even lex is left to the engine, which tells where the mistake is.
  if (last.kind === 'broken')
    return { kind: 'command', text: sql, formatAt: sql.length, formatEnd: sql.length, tokens };
  refuseSeveral(tokens);
  const format = formatClause(tokens);
  return {
    kind: kindOf(tokens),
    text,
    formatAt: format?.start ?? text.length,
    formatEnd: format?.end ?? text.length,
    tokens,
    ...(format === undefined ? {} : { format: format.name }),
  };
}

function withoutClosingSemicolons(tokens: readonly SqlToken[]): readonly SqlToken[] {
  let length = tokens.length;
  while (length > 0 && isSign(tokens[length - 1], ';')) length -= 1;
  return tokens.slice(0, length);
}

function refuseSeveral(tokens: readonly SqlToken[]): void {
  const semicolon = tokens.find((token) => isSign(token, ';'));
  if (semicolon === undefined) return;
  throw ClickHouseError.of(
    'SYNTAX_ERROR',
    `Syntax error (Multi-statements are not allowed): failed at position ${semicolon.start + 1} (end of query).`,
  );
}

function kindOf(tokens: readonly SqlToken[]): Statement['kind'] {
  const first = tokens.find((token) => !isSign(token, '('))!;
  const word = first.kind === 'word' ? first.value.toUpperCase() : '';
  // `WITH … INSERT INTO … SELECT` writes although it begins like a read.
  const writes =
    word === 'WITH' && tokens.some((token) => token.depth === 0 && isWord(token, 'INSERT'));
  return writes ? 'command' : (KINDS[word] ?? 'command');
}

/** `FORMAT name` at the very end, or followed by SETTINGS only: a column may be called `format` as well. */
function formatClause(
  tokens: readonly SqlToken[],
): { name: string; start: number; end: number } | undefined {
  for (let at = tokens.length - 2; at > 0; at -= 1) {
    const token = tokens[at]!;
    if (token.depth !== 0 || !isWord(token, 'FORMAT')) continue;
    const name = tokens[at + 1]!;
    const next = tokens[at + 2];
    if (name.kind !== 'word' || (next !== undefined && !isWord(next, 'SETTINGS'))) continue;
    return { name: name.value, start: token.start, end: name.end };
  }
  return undefined;
}

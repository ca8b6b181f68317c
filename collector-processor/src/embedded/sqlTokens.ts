/**
 * `word`: keyword or bare identifier; `name`: quoted identifier; `text`: string literal; `broken`: a quote or comment
 * that does not end (the engine will say what is wrong with it).
 */
export interface SqlToken {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'sign' | 'broken';
  /** As written; without the quotes for `name`. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** How many brackets are open before it. */
  readonly depth: number;
}

const SPACE = /[\s\u00a0\ufeff]+/y;
const COMMENT = /--[^\n]*|\/\/[^\n]*|#[ !][^\n]*|\/\*[^]*?\*\//y;
const WORD = /[A-Za-z_$\u0080-\u2017\u201a-\u201b\u201e-\uffff][\w$\u0080-\uffff]*/y;
const NUMBER = /\d[\w.]*/y;
const HEREDOC = /\$(\w*)\$[^]*?\$\1\$/y;
// Written without an alternative per character, whose backtracking would overflow the stack on a long literal.
const TEXT = /'[^'\\]*(?:(?:\\[^]|'')[^'\\]*)*'|\u2018[^\u2019]*\u2019/y;
const NAME =
  /"[^"\\]*(?:(?:\\[^]|"")[^"\\]*)*"|`[^`\\]*(?:(?:\\[^]|``)[^`\\]*)*`|\u201c[^\u201d]*\u201d/y;
const BROKEN = /['"`\u2018\u201c]|\/\*/y;

const matchAt = (pattern: RegExp, sql: string, at: number): string | undefined => {
  pattern.lastIndex = at;
  return pattern.exec(sql)?.[0];
};

const unquote = (quoted: string): string =>
  quoted
    .slice(1, -1)
    .replace(
      /\\([^])|""|``/g,
      (pair: string, escaped: string | undefined) => escaped ?? pair.slice(1),
    );

/**
 * The tokens of ClickHouse SQL, lazily: what follows `FORMAT x` of an insert is data and must not be read as SQL.
 * Comments and white space are left out. It only has to find where things begin and end; the engine judges the SQL.
 */
export function* sqlTokens(sql: string): Generator<SqlToken> {
  let at = 0;
  let depth = 0;
  while (at < sql.length) {
    const skipped = matchAt(SPACE, sql, at) ?? matchAt(COMMENT, sql, at);
    if (skipped !== undefined) {
      at += skipped.length;
      continue;
    }
    const token = tokenAt(sql, at, depth);
    at = token.end;
    if (token.kind === 'sign' && '([{'.includes(token.value)) depth += 1;
    if (token.kind === 'sign' && ')]}'.includes(token.value)) depth -= 1;
    yield token;
    if (token.kind === 'broken') return;
  }
}

function tokenAt(sql: string, start: number, depth: number): SqlToken {
  const make = (kind: SqlToken['kind'], raw: string, value = raw): SqlToken => ({
    kind,
    value,
    start,
    end: start + raw.length,
    depth,
  });
  const text = matchAt(HEREDOC, sql, start) ?? matchAt(TEXT, sql, start);
  if (text !== undefined) return make('text', text);
  const name = matchAt(NAME, sql, start);
  if (name !== undefined) return make('name', name, unquote(name));
  if (matchAt(BROKEN, sql, start) !== undefined) return make('broken', sql.slice(start));
  const word = matchAt(WORD, sql, start);
  if (word !== undefined) return make('word', word);
  const number = matchAt(NUMBER, sql, start);
  if (number !== undefined) return make('number', number);
  return make('sign', sql[start]!);
}

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

/** Bounded, because every sign of a longer run would stay on the stack of the matcher; the rest is the next match. */
const SPACE = /[\s\u00a0\ufeff]{1,4096}/y;
const COMMENT = /--[^\n]*|\/\/[^\n]*|#[ !][^\n]*|\/\*[^]*?\*\//y;
const WORD = /[A-Za-z_$\u0080-\u2017\u201a-\u201b\u201e-\uffff][\w$\u0080-\uffff]*/y;
const NUMBER = /\d[\w.]*/y;
const HEREDOC = /\$(\w*)\$[^]*?\$\1\$/y;
const OPENING = /['"`\u2018\u201c]|\/\*/y;

const matchAt = (pattern: RegExp, sql: string, at: number): string | undefined => {
  pattern.lastIndex = at;
  return pattern.exec(sql)?.[0];
};

/** Also what is written by its code: a name must not get past the source guard as `"\x66ile"`. */
const unquote = (quoted: string): string =>
  quoted
    .slice(1, -1)
    .replace(
      /\\x([0-9a-fA-F]{2})|\\([^])|""|``/g,
      (pair: string, hex?: string, escaped?: string) =>
        hex === undefined ? (escaped ?? pair.slice(1)) : String.fromCharCode(parseInt(hex, 16)),
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
  const opening = matchAt(OPENING, sql, start);
  if (opening !== undefined) {
    const end = quotedEnd(sql, start, opening);
    if (end < 0) return make('broken', sql.slice(start));
    const raw = sql.slice(start, end);
    return "'\u2018".includes(opening) ? make('text', raw) : make('name', raw, unquote(raw));
  }
  const heredoc = matchAt(HEREDOC, sql, start);
  if (heredoc !== undefined) return make('text', heredoc);
  const word = matchAt(WORD, sql, start);
  if (word !== undefined) return make('word', word);
  const number = matchAt(NUMBER, sql, start);
  if (number !== undefined) return make('number', number);
  return make('sign', sql[start]!);
}

const CURLY: Readonly<Record<string, string>> = { '\u2018': '\u2019', '\u201c': '\u201d' };

/** Behind the closing quote, -1 when there is none. By hand: a pattern overflows the stack on long literals. */
function quotedEnd(sql: string, start: number, opening: string): number {
  const curly = CURLY[opening];
  if (curly !== undefined) return sql.indexOf(curly, start) + 1 || -1;
  if (opening === '/*') return -1;
  const quote = opening.charCodeAt(0);
  for (let at = start + 1; at < sql.length; at += 1) {
    const code = sql.charCodeAt(at);
    const doubled = code === quote && sql.charCodeAt(at + 1) === quote;
    if (code === BACKSLASH || doubled) at += 1;
    else if (code === quote) return at + 1;
  }
  return -1;
}

const BACKSLASH = 0x5c;

/** What cannot be cut: comments, quoted strings and names, with ClickHouse's escapes (backslash, doubled quote). */
const UNIT =
  /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`(?:[^`\\]|\\.|``)*`|;|[^]/g;

/** The statements of a SQL script without comments and closing semicolons, because a server takes one at a time. */
export function splitStatements(script: string): string[] {
  const statements: string[] = [];
  let current = '';
  for (const [unit] of script.matchAll(UNIT)) {
    if (unit === ';') {
      statements.push(current.trim());
      current = '';
    } else if (unit.startsWith('--') || unit.startsWith('/*')) {
      current += ' ';
    } else {
      current += unit;
    }
  }
  statements.push(current.trim());
  return statements.filter((statement) => statement !== '');
}

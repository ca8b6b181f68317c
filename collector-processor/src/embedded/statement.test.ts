import { intoPipe } from './runRead';
import { parseStatement } from './statement';
import type { Statement } from './statement';

test.each<[string, Statement['kind'], string | undefined]>([
  ['', 'empty', undefined],
  ['-- nothing\n;', 'empty', undefined],
  ['select 1', 'select', undefined],
  ['SELECT 1 FORMAT JSON;;', 'select', 'JSON'],
  ['SELECT 1 format JSON SETTINGS a = 1 -- x', 'select', 'JSON'],
  ['SELECT 1 SETTINGS a = 1 FORMAT Native', 'select', 'Native'],
  ['SELECT format FROM t', 'select', undefined],
  ['SELECT 1 AS format', 'select', undefined],
  ["SELECT format('{}', 1)", 'select', undefined],
  ['SELECT (SELECT 1 FORMAT JSON)', 'select', undefined],
  ["SELECT ' FORMAT CSV'", 'select', undefined],
  ['((SELECT 1)) FORMAT TSV', 'select', 'TSV'],
  ['WITH 1 AS x SELECT x', 'select', undefined],
  ['WITH 1 AS x INSERT INTO t SELECT x', 'command', undefined],
  ['FROM t SELECT a', 'select', undefined],
  ['SHOW TABLES', 'describe', undefined],
  ['desc t', 'describe', undefined],
  ['EXPLAIN SELECT 1', 'describe', undefined],
  ['EXISTS t', 'describe', undefined],
  ['SET a = 1', 'session', undefined],
  ['use x', 'session', undefined],
  ['INSERT INTO t SELECT 1', 'command', undefined],
  ['KILL QUERY WHERE 1', 'command', undefined],
  ['nonsense', 'command', undefined],
  ["SELECT 'open; x", 'command', undefined],
])('%s', (sql, kind, format) => {
  const statement = parseStatement(sql);
  expect([statement.kind, statement.format]).toEqual([kind, format]);
});

test.each(['SELECT 1; SELECT 2', "SELECT ';'; DROP TABLE t", ';; SELECT 1; ; SELECT 2'])(
  'several statements are refused: %s',
  (sql) => {
    expect(() => parseStatement(sql)).toThrow(/Multi-statements.*\(SYNTAX_ERROR\)/);
  },
);

test.each([
  ['SELECT 1', "SELECT 1\nINTO OUTFILE '/p' APPEND FORMAT CSV"],
  ['SELECT 1 ;', "SELECT 1\nINTO OUTFILE '/p' APPEND FORMAT CSV"],
  ['SELECT 1 -- x', "SELECT 1\nINTO OUTFILE '/p' APPEND FORMAT CSV"],
  ['SELECT 1 FORMAT CSV', "SELECT 1 \nINTO OUTFILE '/p' APPEND FORMAT CSV"],
  [
    'SELECT 1 FORMAT  CSV SETTINGS a=1',
    "SELECT 1 \nINTO OUTFILE '/p' APPEND FORMAT CSV SETTINGS a=1",
  ],
  [
    'SELECT 1 FORMAT /* x */ CSV SETTINGS a=1',
    "SELECT 1 \nINTO OUTFILE '/p' APPEND FORMAT CSV SETTINGS a=1",
  ],
])('%s into a pipe', (sql, expected) => {
  expect(intoPipe(parseStatement(sql), '/p', 'CSV')).toBe(expected);
});

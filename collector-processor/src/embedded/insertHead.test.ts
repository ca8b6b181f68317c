import { findInsertHead } from './insertHead';

const headOf = (sql: string): [string, string, string, string] | undefined => {
  const bytes = Buffer.from(sql);
  const head = findInsertHead(bytes);
  return head && [head.into, head.settings, head.format, bytes.toString('utf8', head.dataAt)];
};

test.each<[string, string, string, string, string]>([
  ['INSERT INTO t FORMAT CSV 1,2', 'INSERT INTO t', '', 'CSV', '1,2'],
  ['INSERT INTO t FORMAT CSV\n\n1', 'INSERT INTO t', '', 'CSV', '\n1'],
  ['INSERT INTO t FORMAT CSV \t\r\n 1', 'INSERT INTO t', '', 'CSV', ' 1'],
  ['insert into t format Native\n', 'insert into t', '', 'Native', ''],
  [
    'INSERT INTO "d"."t" ("a", "format") FORMAT Native\nx',
    'INSERT INTO "d"."t" ("a", "format")',
    '',
    'Native',
    'x',
  ],
  ['INSERT INTO format FORMAT CSV 1', 'INSERT INTO format', '', 'CSV', '1'],
  ['INSERT INTO values VALUES (1)', 'INSERT INTO values', '', 'Values', ' (1)'],
  ['INSERT INTO d.select VALUES (1)', 'INSERT INTO d.select', '', 'Values', ' (1)'],
  ['INSERT INTO TABLE t VALUES(1)', 'INSERT INTO TABLE t', '', 'Values', '(1)'],
  [
    "INSERT INTO t (a) SETTINGS x = 1, y = 'FORMAT' FORMAT CSV 1",
    'INSERT INTO t (a)',
    "SETTINGS x = 1, y = 'FORMAT'",
    'CSV',
    '1',
  ],
  ['-- x\nINSERT INTO größe FORMAT CSV ä', '-- x\nINSERT INTO größe', '', 'CSV', 'ä'],
  ["INSERT INTO FUNCTION f('a') FORMAT CSV 1", "INSERT INTO FUNCTION f('a')", '', 'CSV', '1'],
])('%s', (sql, into, settings, format, data) => {
  expect(headOf(sql)).toEqual([into, settings, format, data]);
});

test.each([
  'SELECT 1 FORMAT CSV',
  'INSERT INTO t SELECT 1 FORMAT CSV',
  'INSERT INTO t WITH 1 AS x SELECT x',
  "INSERT INTO t FROM INFILE 'x' FORMAT CSV",
  'INSERT INTO t (a) (SELECT 1)',
  'INSERT INTO t',
  'INSERT INTO t FORMAT',
  "INSERT INTO t FORMAT 'x'",
  '',
])('no insert with data: %s', (sql) => {
  expect(headOf(sql)).toBeUndefined();
});

test('binary data is not read as SQL', () => {
  const data = Buffer.from([0x27, 0x00, 0x0a, 0x0a, 0xff, 0x3b]);
  const bytes = Buffer.concat([Buffer.from('INSERT INTO t FORMAT RowBinary\n'), data]);
  expect(bytes.subarray(findInsertHead(bytes)!.dataAt)).toEqual(data);
});

test('a semicolon before the data is refused, as the engine would take it for data', () => {
  expect(() => headOf('INSERT INTO t FORMAT CSV; 1')).toThrow(/semicolon/);
});

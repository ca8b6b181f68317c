import { createSourceGuard } from './sourceGuard';
import { sqlTokens } from './sqlTokens';

const guard = createSourceGuard(
  ['file', 'url', 's3', 'numbers', 'brandNew'],
  ['MergeTree', 'ReplacingMergeTree', 'Memory', 'File', 'MySQL', 'BrandNew'],
);
const check = (sql: string): void => {
  guard.check([...sqlTokens(sql)]);
};

test.each([
  "SELECT * FROM file('x')",
  "SELECT * FROM FILE /* x */ ('x')",
  "SELECT * FROM `file`('x')",
  "SELECT * FROM brandNew('x')",
  'CREATE TABLE t (a Int8) ENGINE = MySQL(1)',
  'CREATE TABLE t (a Int8) engine mysql(1)',
  'CREATE TABLE t (a Int8) ENGINE = "File"(CSV)',
  'CREATE TABLE t (a Int8) ENGINE=BrandNew',
  'CREATE DICTIONARY d SOURCE(HTTP(url 1))',
  'BACKUP TABLE t TO Disk(1)',
  "ATTACH TABLE t FROM '/x'",
  "INSERT INTO t FROM INFILE 'x'",
])('refused: %s', (sql) => {
  expect(() => {
    check(sql);
  }).toThrow(/is not allowed.*\(ACCESS_DENIED\)/);
});

test.each([
  'SELECT file FROM t',
  "SELECT 'file(1)' -- file(1)",
  'SELECT url, source FROM numbers(3) ORDER BY url',
  'CREATE TABLE t (a Int8, engine String) ENGINE = ReplacingMergeTree ORDER BY a',
  'ATTACH TABLE t',
  'ALTER TABLE t ATTACH PARTITION 1',
])('allowed: %s', (sql) => {
  expect(() => {
    check(sql);
  }).not.toThrow();
});

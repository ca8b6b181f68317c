import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadMigrations } from './migrations';

describe('loadMigrations', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'migrations-'));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });
  const write = (name: string, script: string): void => {
    writeFileSync(join(directory, name), script);
  };

  test('loads the files of the package, numbered without a gap', () => {
    const migrations = loadMigrations();
    expect(migrations.length).toBeGreaterThan(0);
    expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_, index) => index + 1));
    for (const { statements } of migrations) expect(statements.length).toBeGreaterThan(0);
  });

  test('orders by number and cuts into statements', () => {
    write('0002_b.sql', 'SELECT 2; SELECT 3;');
    write('0001_a.sql', 'SELECT 1');
    expect(
      loadMigrations(directory).map(({ number, name, statements }) => [number, name, statements]),
    ).toEqual([
      [1, 'a', ['SELECT 1']],
      [2, 'b', ['SELECT 2', 'SELECT 3']],
    ]);
  });

  test('the checksum is that of the text', () => {
    write('0001_a.sql', 'SELECT 1');
    const before = loadMigrations(directory)[0]!.checksum;
    write('0001_a.sql', 'SELECT 2');
    expect(loadMigrations(directory)[0]!.checksum).not.toBe(before);
  });

  test('refuses misnamed files and numbers used twice', () => {
    write('0001_a.sql', 'SELECT 1');
    write('0001_b.sql', 'SELECT 1');
    expect(() => loadMigrations(directory)).toThrow('two migrations have the number 1');
    write('notes.txt', '');
    expect(() => loadMigrations(directory)).toThrow('notes.txt is not named NNNN_name.sql');
  });
});

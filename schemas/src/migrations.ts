import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { splitStatements } from './splitStatements';

/** One numbered file of `schemas/clickhouse`. Its statements may run any number of times. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  /** Of the file's bytes: an applied file must never change. */
  readonly checksum: string;
  readonly statements: readonly string[];
}

const FILE_NAME = /^(\d{4})_([a-z0-9_]+)\.sql$/;

/** Beside `src` and `dist` alike. */
const DIRECTORY = join(__dirname, '..', 'clickhouse');

/** All migrations in order. Throws when a file is misnamed or a number is used twice: a broken package, not a state. */
export function loadMigrations(directory = DIRECTORY): Migration[] {
  const migrations = readdirSync(directory)
    .toSorted()
    .map((file): Migration => {
      const match = FILE_NAME.exec(file);
      if (match === null) throw new Error(`${file} is not named NNNN_name.sql`);
      const script = readFileSync(join(directory, file), 'utf8');
      return {
        number: Number(match[1]),
        name: match[2]!,
        checksum: createHash('sha256').update(script).digest('hex'),
        statements: splitStatements(script),
      };
    });
  for (const [index, { number, name }] of migrations.entries()) {
    if (migrations[index - 1]?.number === number) {
      throw new Error(`two migrations have the number ${number}; one is ${name}`);
    }
  }
  return migrations;
}

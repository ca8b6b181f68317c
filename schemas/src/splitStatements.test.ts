import { describe, expect, test } from '@jest/globals';
import { splitStatements } from './splitStatements';

describe('splitStatements', () => {
  test('cuts at semicolons and drops empty statements', () => {
    expect(splitStatements('SELECT 1;\n;SELECT 2\n')).toEqual(['SELECT 1', 'SELECT 2']);
  });

  test('leaves semicolons and comment marks inside strings and quoted names alone', () => {
    const statement = `SELECT ';--', 'it''s; /* no */', '\\';', "a;b", \`c;--d\``;
    expect(splitStatements(`${statement}; SELECT 3`)).toEqual([statement, 'SELECT 3']);
  });

  test('drops comments with the semicolons and quotes inside them', () => {
    expect(splitStatements("-- it's; one\nSELECT 1 /* two; 'three */ ; -- four;")).toEqual([
      'SELECT 1',
    ]);
  });

  test('a minus is not a comment', () => {
    expect(splitStatements('SELECT 5 - 3')).toEqual(['SELECT 5 - 3']);
  });
});

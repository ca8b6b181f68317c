import { quoteName, quoteText } from './quote';
import { sqlTokens } from './sqlTokens';

const shown = (sql: string): string[] =>
  [...sqlTokens(sql)].map((token) => `${token.kind}:${token.value}`);

test.each<[string, string[]]>([
  ['SELECT 1', ['word:SELECT', 'number:1']],
  ['a--b;\n;', ['word:a', 'sign:;']],
  ['a // b;\n+1', ['word:a', 'sign:+', 'number:1']],
  ['a # b;', ['word:a']],
  ['a #! b;', ['word:a']],
  ['/* a; */ b /**/', ['word:b']],
  // ClickHouse's comments do not nest.
  ['/* /* */ a', ['word:a']],
  ["'a;''b\\'c' x", ["text:'a;''b\\'c'", 'word:x']],
  ['`a``b\\`c` x', ['name:a`b`c', 'word:x']],
  ['"\\x66ile"', ['name:file']],
  ['$$;$$ $a$ ;$$; $a$ $b', ['text:$$;$$', 'text:$a$ ;$$; $a$', 'word:$b']],
  ['‘x;’', ['text:‘x;’']],
  ["a 'open; b", ['word:a', "broken:'open; b"]],
  ['a /* open', ['word:a', 'broken:/* open']],
  ['größe.x', ['word:größe', 'sign:.', 'word:x']],
  ['1e5 0x1F', ['number:1e5', 'number:0x1F']],
])('%s', (sql, expected) => {
  expect(shown(sql)).toEqual(expected);
});

test('offsets and depths', () => {
  const tokens = [...sqlTokens(' (a, [b]) c')];
  expect(tokens.map(({ value, start, end, depth }) => [value, start, end, depth])).toEqual([
    ['(', 1, 2, 0],
    ['a', 2, 3, 1],
    [',', 3, 4, 1],
    ['[', 5, 6, 1],
    ['b', 6, 7, 2],
    [']', 7, 8, 2],
    [')', 8, 9, 1],
    ['c', 10, 11, 0],
  ]);
});

test('whatever is quoted is one token', () => {
  const alphabet = ['\\', "'", '`', '"', ';', '\n', '\t', '\0', '/*', '--', '$$', 'x', 'ä', ' '];
  let seed = 7;
  const next = (below: number): number => {
    seed = (seed * 1_664_525 + 1_013_904_223) >>> 0;
    return seed % below;
  };
  for (let round = 0; round < 2_000; round += 1) {
    const text = Array.from({ length: next(8) }, () => alphabet[next(alphabet.length)]).join('');
    expect(shown(`${quoteText(text)};`)).toHaveLength(2);
    expect(shown(`${quoteName(text)};`)).toEqual([`name:${text}`, 'sign:;']);
  }
});

test.each([
  ['literal', `'${"a''\\'".repeat(2_000_000)}'`, 1],
  ['heredoc', `$$${'a$b'.repeat(3_000_000)}$$`, 1],
  ['comment', `/*${'*'.repeat(10_000_000)}*/ -- ${'-'.repeat(10_000_000)}`, 0],
  ['word', 'a'.repeat(10_000_000), 1],
  ['blank', ' '.repeat(10_000_000), 0],
])('a %s of ten megabytes overflows no stack', (_, sql, count) => {
  expect([...sqlTokens(sql)]).toHaveLength(count);
});

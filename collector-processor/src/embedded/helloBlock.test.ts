import { helloBlock, isHello } from './helloBlock';

test.each([
  ['SELECT displayName(), version(), revision(), timezone()', true],
  [' select displayname( ),version(),revision() , timezone() ;', true],
  ['SELECT displayName(), version(), revision()', false],
  ['SELECT 1', false],
])('%s', (sql, expected) => {
  expect(isHello(sql)).toBe(expected);
});

test('long values have a length of two bytes', () => {
  const block = helloBlock('x'.repeat(300), 'UTC');
  expect(block.includes(Buffer.concat([Buffer.from([0xac, 0x02]), Buffer.alloc(300, 'x')]))).toBe(
    true,
  );
});

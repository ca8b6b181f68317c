import { LimitError } from '../core/errors';
import { Attributes } from './attributes';
import { ValueTexts } from './valueTexts';
import { ShapeTrie } from './shapeTrie';
import { VALUE_KIND } from './valueKind';
import { WireReader } from './wire';

const field = (number: number, payload: number[]): number[] => [
  (number << 3) | 2,
  payload.length,
  ...payload,
];
const text = (value: string): number[] => field(1, [...Buffer.from(value)]);
const keyValue = (key: string, any: number[]): number[] => [...text(key), ...field(2, any)];

/** Lists read one after the other into the same object, as the walker does, and what `look` sees of each. */
function read<Seen = Attributes<number>>(
  lists: number[][][],
  compile = (keys: readonly string[]) => keys.length,
  look = (attributes: Attributes<number>) => attributes as Seen,
): Seen[] {
  const reader = new WireReader({ maxAttributes: 8, maxNesting: 4, maxEvents: 8 });
  const attributes = new Attributes(new ShapeTrie(compile), new ValueTexts(reader));
  return lists.map((list) => {
    attributes.begin();
    for (const bytes of list) {
      reader.open(Uint8Array.from(bytes));
      attributes.add(bytes.length);
    }
    return look(attributes);
  });
}

/** One attribute with this value; its text and kind. */
function value(any: number[]): { text: string; kind: number; number: number } {
  const [attributes] = read([[keyValue('key', any)]]);
  return { text: attributes!.text(0), kind: attributes!.kind(0), number: attributes!.number(0) };
}

const double = (number: number): number[] => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(number);
  return [0x21, ...bytes];
};
const varint = (value: bigint): number[] => {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return [...bytes, Number(rest)];
};
const int = (number: bigint): number[] => [0x18, ...varint(number)];
const array = (...items: number[][]): number[] =>
  field(
    5,
    items.flatMap((item) => field(1, item)),
  );
const map = (...entries: number[][]): number[] =>
  field(
    6,
    entries.flatMap((entry) => field(1, entry)),
  );

describe('values as text', () => {
  test.each([
    ['text', text('hé'), 'hé'],
    ['no value', [], ''],
    ['true', [0x10, 1], 'true'],
    ['a true of two bytes', [0x10, 0x80, 1], 'true'],
    ['false', [0x10, 0], 'false'],
    ['the largest int', int(2n ** 63n - 1n), '9223372036854775807'],
    ['the smallest int', int(-(2n ** 63n)), '-9223372036854775808'],
    ['an int above 2^53', int(2n ** 53n + 1n), '9007199254740993'],
    ['negative zero', double(-0), '-0'],
    ['a small double', double(1e-7), '1e-7'],
    ['a large double', double(1.5e300), '1.5e+300'],
    ['NaN', double(NaN), 'NaN'],
    ['bytes', field(7, [0, 255, 0x7f]), 'AP9/'],
    [
      'an array',
      array(text('a'), int(2n ** 53n + 1n), double(0.5), []),
      '["a",9007199254740993,0.5,null]',
    ],
    ['an array with NaN', array(double(NaN)), '["NaN"]'],
    ['bytes in an array', array(field(7, [0, 255])), '["AP8="]'],
    [
      'a map, keys sorted',
      map(keyValue('b', text('<>&')), keyValue('a', [0x10, 1])),
      '{"a":true,"b":"<>&"}',
    ],
    ['a separator in a map', map(keyValue('k', text('\u2028'))), '{"k":"\\u2028"}'],
    ['the last of two values', [...text('first'), ...int(7n)], '7'],
  ])('%s', (_, any, expected) => {
    expect(value(any).text).toBe(expected);
  });

  test('numbers are numbers only where the value is one', () => {
    expect(value(int(-5n)).number).toBe(-5);
    expect(value(int(300n)).number).toBe(300);
    expect(value(double(0.25)).number).toBe(0.25);
    expect(value(text('7')).number).toBeNaN();
  });
});

test('a value nested deeper than the limit is refused by name', () => {
  let nested = text('x');
  for (let depth = 0; depth < 5; depth++) nested = array(nested);
  expect(() => value(nested)).toThrow(
    new LimitError('receive.limits.maxNesting', 'value nested deeper than 4'),
  );
});

test('more attributes than the limit are refused by name', () => {
  const list = Array.from({ length: 9 }, (_, index) => keyValue(`k${index}`, text('v')));
  expect(() => read([list])).toThrow(
    new LimitError('receive.limits.maxAttributes', 'more than 8 attributes'),
  );
});

test('the mark of redaction comes on top of the limit, once', () => {
  const list = Array.from({ length: 8 }, (_, index) => keyValue(`k${index}`, text('v')));
  const mark = keyValue('plumbline.redacted', text('email'));
  const [attributes] = read([[...list, mark]]);
  expect([attributes!.count, attributes!.text(8)]).toEqual([9, 'email']);
  const message = 'more than 8 attributes';
  for (const tooMany of [
    [...list, mark, mark],
    [...list, mark, list[0]!],
    [...list, keyValue('plumbline.redacted2', text('email'))],
  ]) {
    expect(() => read([tooMany])).toThrow(new LimitError('receive.limits.maxAttributes', message));
  }
});

describe('shapes', () => {
  test('a sequence of keys is compiled once, sorted by bytes, equal keys in wire order', () => {
    const compile = jest.fn((keys: readonly string[]) => keys.length);
    const list = ['b', 'a', 'b', '\u{1F600}', '\uFFFD'].map((key) => keyValue(key, text(key)));
    const shapes = read([list, list], compile, ({ shape }) => shape);
    expect(compile).toHaveBeenCalledTimes(1);
    expect(shapes[0]).toBe(shapes[1]);
    // U+FFFD is three bytes and sorts before the four-byte U+1F600, which UTF-16 order would turn round.
    expect([...shapes[0]!.sorted]).toEqual([1, 0, 2, 4, 3]);
  });

  test('key and value in any order and with unknown fields', () => {
    const attribute = [...field(2, text('v')), ...field(9, [1, 2]), ...text('k')];
    const [attributes] = read([[attribute]]);
    expect(attributes!.shape.keys).toEqual(['k']);
    expect(attributes!.text(0)).toBe('v');
    expect(attributes!.kind(0)).toBe(VALUE_KIND.text);
  });

  test('made-up keys are forgotten before they fill the memory, and known ones are learnt again', () => {
    const reader = new WireReader();
    const trie = new ShapeTrie((keys) => keys.length);
    const attributes = new Attributes(trie, new ValueTexts(reader));
    for (let i = 0; i < 120_000; i++) {
      attributes.begin();
      const bytes = keyValue(`key-${i}`, text('v'));
      reader.open(Uint8Array.from(bytes));
      attributes.add(bytes.length);
      if (i % 1000 === 0) expect(attributes.shape.keys).toEqual([`key-${i}`]);
    }
    expect(trie.generation).toBe(2);
    expect(trie.keys.size).toBeLessThan(50_000);
  });
});

import { fieldOf } from './fieldOf';
import type { Column } from './frame';
import { longToWide } from './longToWide';
import { toFrame } from './toFrame';

const column = (name: string, type: string, values: readonly unknown[]): Column => ({
  field: fieldOf(name, type),
  values,
});
const meta = { executedQueryString: 'SELECT' };

test.each([
  ["DateTime64(3, 'UTC')", 'time', 'time.Time', undefined],
  ['Nullable(Float64)', 'number', 'float64', true],
  ['LowCardinality(Nullable(String))', 'string', 'string', true],
  ['UInt64', 'number', 'uint64', undefined],
  ["Enum8('a' = 1)", 'string', 'string', undefined],
  ['Map(String, Float64)', 'other', 'json.RawMessage', undefined],
  ['SimpleAggregateFunction(max, DateTime)', 'time', 'time.Time', undefined],
  ['Bool', 'boolean', 'bool', undefined],
])('%s is a field of type %s', (type, kind, frame, nullable) => {
  const field = fieldOf('a', type);
  expect(field).toMatchObject({ name: 'a', type: kind, typeInfo: { frame } });
  expect(field.typeInfo.nullable).toBe(nullable);
});

test('one series per combination of texts, gaps are null', () => {
  const { columns, widened } = longToWide([
    column('time', 'DateTime', [1, 1, 2]),
    column('model', 'String', ['b', 'a', 'a']),
    column('n', 'UInt64', [10, 20, 30]),
  ]);
  expect(widened).toBe(true);
  expect(columns.map(({ field, values }) => [field.name, field.labels, values])).toEqual([
    ['time', undefined, [1, 2]],
    ['n', { model: 'b' }, [10, null]],
    ['n', { model: 'a' }, [20, 30]],
  ]);
});

test('refuses rows that are not sorted by time', () => {
  const rows = [
    column('time', 'DateTime', [2, 1]),
    column('model', 'String', ['a', 'a']),
    column('n', 'UInt64', [1, 2]),
  ];
  expect(() => longToWide(rows)).toThrow('not sorted in ascending order by time');
});

test('numbers that JSON does not have stand beside the values', () => {
  const { data } = toFrame('A', [column('n', 'Float64', [1, NaN, -Infinity])], meta);
  expect(data).toEqual({ values: [[1, null, null]], entities: [{ NaN: [1], NegInf: [2] }] });
});

test('no rows, no fields', () => {
  expect(toFrame('A', [column('n', 'Float64', [])], meta)).toEqual({
    schema: { refId: 'A', meta, fields: [] },
    data: { values: [] },
  });
});

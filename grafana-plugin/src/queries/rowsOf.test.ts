import { FieldType, toDataFrame } from '@grafana/data';
import { maybeTextOf, numberOf, rowsOf, textOf, timeOf } from './rowsOf';

const frame = toDataFrame({
  fields: [
    { name: 'model', type: FieldType.string, values: ["'; DROP TABLE", ''] },
    { name: 'cost', type: FieldType.number, values: ['0.000000001', null] },
    { name: 'time', type: FieldType.time, values: [1000, null] },
  ],
});

describe('rowsOf', () => {
  it('reads rows by column name', () => {
    const [first, second] = rowsOf([frame]);
    expect(textOf(first!, 'model')).toBe("'; DROP TABLE");
    expect(numberOf(first!, 'cost')).toBe(1e-9);
    expect(timeOf(first!, 'time')).toBe(1000);
    expect(maybeTextOf(second!, 'model')).toBeNull();
  });

  it('never takes what is not known for 0', () => {
    const [, second] = rowsOf([frame]);
    expect(numberOf(second!, 'cost')).toBeNull();
    expect(numberOf(second!, 'no such column')).toBeNull();
    expect(numberOf({ a: Number.NaN, b: ' ' }, 'a')).toBeNull();
    expect(numberOf({ a: Number.NaN, b: ' ' }, 'b')).toBeNull();
    expect(timeOf(second!, 'time')).toBeNull();
  });

  it('has no rows without frames', () => {
    expect(rowsOf([])).toEqual([]);
  });
});

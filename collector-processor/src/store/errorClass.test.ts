import { ClickHouseError } from '@clickhouse/client';
import { classOf, codeOf, MAX_DAYS_PER_INSERT } from './errorClass';

const refusal = (code: string) => new ClickHouseError({ message: 'no', code, type: 'NO' });

describe('classOf', () => {
  test.each([
    ['rows that cannot be read', refusal('33'), 1, 'data'],
    ['a violated constraint', refusal('469'), 1, 'data'],
    ['too much memory', refusal('241'), 1, 'retry'],
    ['a table that is gone', refusal('60'), 1, 'retry'],
    ['a read-only table', refusal('242'), 1, 'retry'],
    ['too many parts', refusal('252'), 3, 'retry'],
    ['rows on too many days', refusal('252'), MAX_DAYS_PER_INSERT + 1, 'data'],
    ['no connection', Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }), 1, 'retry'],
  ] as const)('%s', (_, error, days, expected) => {
    expect(classOf(error, days)).toBe(expected);
  });
});

test('codeOf names the engine’s code, the network’s, or the kind of error', () => {
  expect(codeOf(refusal('60'))).toBe('60');
  expect(codeOf(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }))).toBe(
    'ECONNREFUSED',
  );
  expect(codeOf(new TypeError('bug'))).toBe('TypeError');
});

import { describe, expect, test } from '@jest/globals';
import { OTEL_TRACES_COLUMNS, type Column } from '@plumbline/schemas';
import { shapeOf } from './tableShape';
import { SHARED_TABLES } from './checkTables';

const OTEL_TRACES = SHARED_TABLES.find(({ table }) => table === 'otel_traces')!;

const withType = (name: string, type: string): Column[] =>
  OTEL_TRACES_COLUMNS.map(([column, own]) => [column, column === name ? type : own]);

describe('shapeOf', () => {
  test("the exporter's own table is written with all columns, whatever others it has", () => {
    const shape = shapeOf(OTEL_TRACES, [...OTEL_TRACES_COLUMNS, ['Extra', 'String']]);
    expect(shape).toMatchObject({ ok: true, columns: OTEL_TRACES_COLUMNS.map(([name]) => name) });
  });

  test.each([
    ['SpanAttributes', 'Map(String, String)'],
    ['Events.Attributes', 'Array(Map(String, String))'],
    ['Duration', 'Int64'],
    ['Timestamp', 'DateTime64(6)'],
  ])('%s as %s is an older shape', (name, type) => {
    expect(shapeOf(OTEL_TRACES, withType(name, type)).ok).toBe(true);
  });

  test('columns that came later are left out', () => {
    const older = OTEL_TRACES_COLUMNS.filter(([name]) => !name.startsWith('Scope'));
    expect(shapeOf(OTEL_TRACES, older)).toMatchObject({
      ok: true,
      columns: older.map(([name]) => name),
    });
  });

  test.each<[string, Column[], string]>([
    ['no table', [], 'there is no table otel_traces'],
    ['JSON attributes', withType('SpanAttributes', 'JSON'), 'otel_traces has JSON attributes'],
    [
      'a missing column',
      OTEL_TRACES_COLUMNS.slice(1).map((column) => [...column]),
      'lacks the columns Timestamp;',
    ],
    [
      'attributes that are no map',
      withType('ResourceAttributes', 'String'),
      'has ResourceAttributes as String, not Map(LowCardinality(String), String)',
    ],
  ])('%s is refused', (_, columns, reason) => {
    const shape = shapeOf(OTEL_TRACES, columns);
    expect(shape).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
  });
});

import type { Column, Entities, Frame, FrameMeta } from './frame';

const SPECIAL = [
  ['NaN', (value: number) => Number.isNaN(value)],
  ['Inf', (value: number) => value === Infinity],
  ['NegInf', (value: number) => value === -Infinity],
] as const;

function entitiesOf(values: readonly unknown[]): Entities | null {
  const entities: Record<string, number[]> = {};
  values.forEach((value, index) => {
    if (typeof value !== 'number' || Number.isFinite(value)) return;
    for (const [name, is] of SPECIAL) if (is(value)) (entities[name] ??= []).push(index);
  });
  return Object.keys(entities).length === 0 ? null : entities;
}

/** Columns as the frame of an answer; an answer without rows has no fields, as the data source has none then. */
export function toFrame(refId: string, columns: readonly Column[], meta: FrameMeta): Frame {
  if ((columns[0]?.values.length ?? 0) === 0) {
    return { schema: { refId, meta, fields: [] }, data: { values: [] } };
  }
  const entities = columns.map(({ values }) => entitiesOf(values));
  return {
    schema: { refId, meta, fields: columns.map(({ field }) => field) },
    data: {
      values: columns.map(({ values }) =>
        values.map((value) =>
          typeof value === 'number' && !Number.isFinite(value) ? null : value,
        ),
      ),
      ...(entities.some((found) => found !== null) && { entities }),
    },
  };
}

import type { DataFrame } from '@grafana/data';

/** One row by column name, as the data source gave it. */
export type Row = Readonly<Record<string, unknown>>;

/** The rows of a table answer (format `table`); no frame, no rows. */
export const rowsOf = (frames: readonly DataFrame[]): readonly Row[] =>
  frames.flatMap((frame) =>
    Array.from({ length: frame.length }, (_, index) =>
      Object.fromEntries(
        frame.fields.map(({ name, values }) => [name, values[index] as unknown] as const),
      ),
    ),
  );

/** A text column; anything else, and NULL, as an empty text. */
export const textOf = (row: Row, column: string): string => {
  const value = row[column];
  return typeof value === 'string' ? value : '';
};

/**
 * A number column; NULL and what is no number as null. 64-bit counts and decimals may arrive as texts.
 * `Number(null)` would be 0, and a missing number must not look like one.
 */
export const numberOf = (row: Row, column: string): number | null => {
  const value = row[column];
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
};

/** A text column that may be NULL. */
export const maybeTextOf = (row: Row, column: string): string | null => {
  const value = row[column];
  return typeof value === 'string' && value !== '' ? value : null;
};

/** A time column in epoch milliseconds. */
export const timeOf = (row: Row, column: string): number | null => {
  const value = row[column];
  if (typeof value === 'string') {
    const time = Date.parse(value);
    return Number.isNaN(time) ? null : time;
  }
  return numberOf(row, column);
};

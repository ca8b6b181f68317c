import type { Column, FrameField } from './frame';

interface Wide {
  readonly columns: readonly Column[];
  /** Whether there was something to widen: then the frame says that it is wide. */
  readonly widened: boolean;
}

interface Series {
  readonly field: FrameField;
  readonly values: unknown[];
}

const NOT_SORTED =
  'unable to process the data because it is not sorted in ascending order by time, please updated your query to sort the data by time';

/** Rows with text columns as one series per combination of them: the texts become labels, gaps null, names sorted. */
export function longToWide(columns: readonly Column[]): Wide {
  const time = columns.find(({ field }) => field.type === 'time');
  const labels = columns.filter(({ field }) => field.type === 'string');
  const numbers = columns.filter(({ field }) => ['number', 'boolean'].includes(field.type));
  if (time === undefined || numbers.length === 0 || labels.length === 0) {
    return { columns, widened: false };
  }
  const times: number[] = [];
  const series = new Map<string, Series>();
  (time.values as readonly number[]).forEach((at, row) => {
    const last = times.at(-1);
    if (last !== undefined && at < last) throw new Error(NOT_SORTED);
    if (at !== last) times.push(at);
    const of = Object.fromEntries(
      labels.map(({ field, values }) => [
        field.name,
        (values as readonly (string | null)[])[row] ?? '',
      ]),
    );
    for (const { field, values } of numbers) {
      const key = JSON.stringify([field.name, of]);
      const typeInfo = { ...field.typeInfo, nullable: true } as const;
      const one = series.get(key) ?? { field: { ...field, typeInfo, labels: of }, values: [] };
      series.set(key, one);
      one.values[times.length - 1] = values[row];
    }
  });
  const wide = [...series.values()]
    .sort((a, b) => a.field.name.localeCompare(b.field.name))
    .map(({ field, values }) => ({
      field,
      values: Array.from(times, (_time, index) => values[index] ?? null),
    }));
  return { columns: [{ field: time.field, values: times }, ...wide], widened: true };
}

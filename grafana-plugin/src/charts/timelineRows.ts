export interface Firing {
  /** What fired. */
  readonly name: string;
  /** Unix milliseconds. */
  readonly fromMs: number;
  readonly toMs: number;
}

export interface TimelineRow {
  readonly name: string;
  readonly firings: readonly Firing[];
}

/** Firings by what fired, those with the longest time first; `hidden` rows are beyond `most`. */
export const timelineRows = (
  firings: readonly Firing[],
  most: number,
): { readonly rows: readonly TimelineRow[]; readonly hidden: number } => {
  const byName = new Map<string, Firing[]>();
  for (const firing of firings) {
    const row = byName.get(firing.name);
    if (row === undefined) byName.set(firing.name, [firing]);
    else row.push(firing);
  }
  const length = ({ firings: own }: TimelineRow): number =>
    own.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  const rows = [...byName]
    .map(([name, own]): TimelineRow => ({ name, firings: own }))
    .toSorted((a, b) => length(b) - length(a) || a.name.localeCompare(b.name));
  return { rows: rows.slice(0, most), hidden: Math.max(0, rows.length - most) };
};

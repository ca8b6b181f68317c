/** Maps a number of the data to a pixel. */
export type Scale = (value: number) => number;

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A straight line from data to pixels; data without extent lands in the middle. */
export const linearScale = (data: Range, pixels: Range): Scale => {
  const extent = data.to - data.from;
  if (extent === 0) return () => (pixels.from + pixels.to) / 2;
  return (value) => pixels.from + ((value - data.from) / extent) * (pixels.to - pixels.from);
};

/** The smallest and largest of the finite numbers; `include` is always inside, e.g. 0 for bars. */
export const extentOf = (
  values: readonly (number | null)[],
  include: readonly number[] = [],
): Range => {
  const known = values.filter((value) => value !== null && Number.isFinite(value)) as number[];
  // No spread of the data: a long series would be too many arguments.
  const all = include.length === 0 && known.length === 0 ? [0] : [...include, ...known];
  return all.reduce<Range>(
    ({ from, to }, value) => ({ from: Math.min(from, value), to: Math.max(to, value) }),
    { from: Infinity, to: -Infinity },
  );
};

/** Round numbers (1, 2 or 5 times a power of ten) inside a range, about `count` of them. */
export const ticksIn = ({ from, to }: Range, count: number): readonly number[] => {
  const rough = (to - from) / Math.max(1, count);
  if (!(rough > 0) || !Number.isFinite(rough)) return [from];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  // Multiples of the step, not sums: 0.1 + 0.2 would be 0.30000000000000004.
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
};

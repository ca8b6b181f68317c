import type { Scale } from './scale';

/** One moment of a series; null where nothing is known, which is a gap and not a zero. */
export interface SeriesPoint {
  readonly timeMs: number;
  readonly value: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
}

const at = (x: Scale, y: Scale, timeMs: number, value: number): string =>
  `${x(timeMs).toFixed(1)},${y(value).toFixed(1)}`;

/** Runs of neighbours for which `keep` holds. */
const runsOf = <Point>(points: readonly Point[], keep: (point: Point) => boolean): Point[][] => {
  const runs: Point[][] = [];
  let open = false;
  for (const point of points) {
    const kept = keep(point);
    if (kept && open) runs.at(-1)?.push(point);
    else if (kept) runs.push([point]);
    open = kept;
  }
  return runs;
};

/** The line of a series as SVG path data, broken at gaps. */
export const linePath = (points: readonly SeriesPoint[], x: Scale, y: Scale): string =>
  runsOf(points, ({ value }) => value !== null)
    .map((run) => `M${run.map((point) => at(x, y, point.timeMs, point.value ?? 0)).join('L')}`)
    .join('');

/** The area between the bounds, closed at gaps. */
export const bandPath = (points: readonly SeriesPoint[], x: Scale, y: Scale): string =>
  runsOf(points, ({ low = null, high = null }) => low !== null && high !== null)
    .map((run) => {
      const top = run.map((point) => at(x, y, point.timeMs, point.high ?? 0));
      const bottom = [...run].reverse().map((point) => at(x, y, point.timeMs, point.low ?? 0));
      return `M${[...top, ...bottom].join('L')}Z`;
    })
    .join('');

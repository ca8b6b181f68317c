import type { SeriesPoint } from '../../../charts/bandPath';
import type { DriftEvidence, DriftNumber } from '../../../queries/driftFeature';

export interface DriftSeriesData {
  readonly points: readonly SeriesPoint[];
  /** The smallest effect that would have shown; of the effect only, for other measures have none. */
  readonly detectable: readonly SeriesPoint[];
  /** Starts of the hours that paged. */
  readonly pages: readonly number[];
}

/** One measure of a feature over its windows; effects without their sign, as what can be detected has none either. */
export const driftSeries = (
  windows: readonly DriftEvidence[],
  measure: DriftNumber,
): DriftSeriesData => {
  const told = windows.flatMap((window) =>
    window.startMs === null ? [] : [{ ...window, timeMs: window.startMs }],
  );
  const size = (value: number | null): number | null => (value === null ? null : Math.abs(value));
  const points = told.map((window) => ({ timeMs: window.timeMs, value: size(window[measure]) }));
  const detectable =
    measure === 'score' && told.some((window) => window.detectable !== null)
      ? told.map(({ timeMs, detectable: value }) => ({ timeMs, value }))
      : [];
  return {
    points,
    detectable,
    pages: told.flatMap(({ pages, timeMs }) => (pages ? [timeMs] : [])),
  };
};

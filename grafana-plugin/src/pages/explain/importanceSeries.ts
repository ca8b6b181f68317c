import type { ImportancePoint } from './explainAnswers';

export interface FeatureImportance {
  readonly feature: string;
  /** Mean absolute contribution over the whole range, each prediction counted once. */
  readonly importance: number;
  /** The same with its sign. */
  readonly mean: number;
  readonly n: number;
  readonly points: readonly { readonly timeMs: number; readonly value: number }[];
}

/** The importance of each feature over the whole range and its points in order of time, the most important first. */
export const importanceSeries = (points: readonly ImportancePoint[]): FeatureImportance[] => {
  const features = new Map<string, ImportancePoint[]>();
  for (const point of points) {
    const known = features.get(point.feature);
    if (known === undefined) features.set(point.feature, [point]);
    else known.push(point);
  }
  return [...features]
    .map(([feature, own]) => {
      const n = own.reduce((sum, point) => sum + point.n, 0);
      const weighted = (valueOf: (point: ImportancePoint) => number): number =>
        n === 0 ? 0 : own.reduce((sum, point) => sum + valueOf(point) * point.n, 0) / n;
      return {
        feature,
        n,
        importance: weighted(({ importance }) => importance),
        mean: weighted(({ mean }) => mean),
        points: own
          .map(({ time, importance }) => ({ timeMs: Date.parse(time), value: importance }))
          .toSorted((a, b) => a.timeMs - b.timeMs),
      };
    })
    .toSorted((a, b) => b.importance - a.importance);
};

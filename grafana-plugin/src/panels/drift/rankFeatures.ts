import { type DriftFeature, driftFeatureOf, type DriftNumber } from '../../queries/driftFeature';
import type { Row } from '../../queries/rowsOf';
import { MOST_FEATURES } from './options';

export interface RankedFeatures {
  readonly shown: readonly DriftFeature[];
  readonly total: number;
}

/** What pages first, then by the size of the measure; features of which it is not known come last. */
export const rankFeatures = (
  rows: readonly Row[],
  measure: DriftNumber,
  limit: number,
): RankedFeatures => {
  const features = rows.map(driftFeatureOf).filter(({ feature }) => feature !== '');
  const size = (one: DriftFeature): number => Math.abs(one[measure] ?? 0);
  const known = (one: DriftFeature): number => (one[measure] === null ? 0 : 1);
  const sorted = [...features].sort(
    (a, b) => Number(b.pages) - Number(a.pages) || known(b) - known(a) || size(b) - size(a),
  );
  const most = Math.min(Math.max(1, Math.floor(limit)), MOST_FEATURES);
  return { shown: sorted.slice(0, most), total: features.length };
};

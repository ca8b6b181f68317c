import type { FeatureBins } from '@plumbline/schemas';
import { quoteText } from '../quoteText';
import type { Statements } from '../statements';
import { modelKey, type ModelVersion, unitKey } from './driftUnit';
import type { FeatureBaseline } from './featureCounts';
import { filled, type RawCounts } from './readWindows';

/** A baseline in use, with its bins. */
export interface StoredBaseline extends ModelVersion, FeatureBaseline {
  readonly segment: string;
  readonly feature: string;
  readonly binsVersion: number;
  readonly createdAtMs: number;
  readonly rowVersion: string;
  readonly bins: FeatureBins;
  /** Of the finite numbers; null without any. */
  readonly minimum: number | null;
  readonly maximum: number | null;
}

type RawBaseline = Omit<StoredBaseline, 'bins'> & RawCounts & FeatureBins;

/**
 * The baselines in use of the models of these versions, by version, segment and feature: the pinned one, else the newest that is
 * not expired.
 */
export async function readBaselines(
  statements: Statements,
  units: readonly ModelVersion[],
): Promise<StoredBaseline[]> {
  const models = [
    ...new Set(
      units.map(
        ({ tenant, environment, model }) =>
          `(${[tenant, environment, model].map(quoteText).join(', ')})`,
      ),
    ),
  ].join(', ');
  const ofModels = `(tenant, environment, model) IN (${models})`;
  const rows = await statements.read<RawBaseline>(
    `SELECT used.tenant AS tenant, used.environment AS environment, used.model AS model, used.version AS version,
  used.segment AS segment, used.feature AS feature, used.baseline AS baseline, used.bins_version AS binsVersion,
  used.counts AS counts, used.sums AS sums, used.sum AS sum, used.sum_squares AS sumSquares,
  used.minimum AS minimum, used.maximum AS maximum,
  toUnixTimestamp64Milli(used.from_time) AS fromMs, toUnixTimestamp64Milli(used.to_time) AS toMs,
  toUnixTimestamp64Milli(used.created_at) AS createdAtMs, toString(used.row_version) AS rowVersion,
  made.kind AS kind, made.edges AS edges, made.atoms AS atoms, made.categories AS categories
FROM (
  SELECT * FROM ml_baselines FINAL
  WHERE ${ofModels} AND NOT expired
  ORDER BY pinned DESC, created_at DESC, baseline
  LIMIT 1 BY tenant, environment, model, version, segment, feature
) AS used
INNER JOIN (SELECT * FROM ml_bins FINAL WHERE ${ofModels}) AS made
  USING (tenant, environment, model, feature, bins_version)`,
  );
  return filled(rows).map((row) =>
    Object.assign(row, {
      bins: {
        kind: row.kind,
        edges: row.edges,
        atoms: row.atoms,
        categories: row.categories,
      },
    }),
  );
}

/**
 * The baseline that a version of a model starts with: its own, else the newest of another version. Asked for a version first and
 * then for each of its features, of which there are many.
 */
export function baselineFinder(
  baselines: readonly StoredBaseline[],
): (unit: ModelVersion) => (segment: string, feature: string) => StoredBaseline | undefined {
  type OfSegments = Map<string, Map<string, StoredBaseline>>;
  const own = new Map<string, OfSegments>();
  const newest = new Map<string, OfSegments>();
  const featuresOf = (of: Map<string, OfSegments>, unit: string, segment: string) => {
    const segments = of.get(unit) ?? (new Map() as OfSegments);
    of.set(unit, segments);
    const features = segments.get(segment) ?? new Map<string, StoredBaseline>();
    segments.set(segment, features);
    return features;
  };
  for (const one of baselines) {
    const { segment, feature } = one;
    featuresOf(own, unitKey(one), segment).set(feature, one);
    const ofModel = featuresOf(newest, modelKey(one), segment);
    const other = ofModel.get(feature);
    if (other === undefined || other.createdAtMs < one.createdAtMs) ofModel.set(feature, one);
  }
  return (unit) => {
    const [first, second] = [own.get(unitKey(unit)), newest.get(modelKey(unit))];
    return (segment, feature) =>
      first?.get(segment)?.get(feature) ?? second?.get(segment)?.get(feature);
  };
}

import type { FeatureBins } from '@plumbline/schemas';
import { quoteText } from '../quoteText';
import type { Statements } from '../statements';
import { keyOf, type ModelVersion } from './driftUnit';
import type { FeatureBaseline } from './featureCounts';
import { countsOf, type RawCounts } from './readWindows';

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
  return rows.map(({ kind, edges, atoms, categories, ...row }) => ({
    ...row,
    ...countsOf(row),
    bins: { kind, edges, atoms, categories },
  }));
}

/** The baseline that a version of a model starts with: its own, else the newest of another version. */
export function baselineFinder(
  baselines: readonly StoredBaseline[],
): (unit: ModelVersion, segment: string, feature: string) => StoredBaseline | undefined {
  const own = new Map<string, StoredBaseline>();
  const newest = new Map<string, StoredBaseline>();
  for (const one of baselines) {
    const { tenant, environment, model, version, segment, feature } = one;
    own.set(keyOf(tenant, environment, model, version, segment, feature), one);
    const key = keyOf(tenant, environment, model, segment, feature);
    const other = newest.get(key);
    if (other === undefined || other.createdAtMs < one.createdAtMs) newest.set(key, one);
  }
  return ({ tenant, environment, model, version }, segment, feature) =>
    own.get(keyOf(tenant, environment, model, version, segment, feature)) ??
    newest.get(keyOf(tenant, environment, model, segment, feature));
}

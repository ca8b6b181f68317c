import type { FeatureBins } from '@plumbline/schemas';
import { type FeatureCounts, totalOf } from '../drift/featureCounts';
import { filled, type RawCounts } from '../drift/readWindows';
import { quoteText, quoteTexts } from '../quoteText';
import type { Statements } from '../statements';
import { inRange } from '../timeText';
import type { BaselineSide, ComparisonRequest, RangeSide } from './comparison';

/** Counts of both sides on the same bins. */
export interface FeatureSides {
  readonly feature: string;
  readonly bins: FeatureBins;
  readonly reference: FeatureCounts;
  readonly current: FeatureCounts;
}

interface Raw extends RawCounts {
  readonly feature: string;
  readonly binsVersion: number;
}
type Side = Raw & FeatureCounts;
type RawBins = FeatureBins & Pick<Raw, 'feature' | 'binsVersion'>;

const modelIs = ({ tenant, environment, model, features }: ComparisonRequest): string =>
  `tenant = ${quoteText(tenant)} AND environment = ${quoteText(environment)} AND model = ${quoteText(model)}${features.length === 0 ? '' : ` AND feature IN ${quoteTexts(features)}`}`;

const placeIs = ({ version, segment }: Pick<RangeSide, 'version' | 'segment'>): string =>
  `segment = ${quoteText(segment)}${version === '*' ? '' : ` AND version = ${quoteText(version)}`}`;

const sideQuery = (request: ComparisonRequest, side: RangeSide | BaselineSide): string => {
  const [table, rows] =
    'baseline' in side
      ? ['ml_baselines', `baseline = ${quoteText(side.baseline)}`]
      : ['ml_feature_windows', inRange(side)];
  return `SELECT feature, bins_version AS binsVersion, sumForEach(told.counts) AS counts, sumForEach(told.sums) AS sums,
  sum(told.sum) AS sum, sum(told.sum_squares) AS sumSquares
FROM ${table} AS told FINAL
WHERE ${modelIs(request)} AND ${placeIs(side)} AND ${rows}
GROUP BY feature, bins_version
ORDER BY feature, bins_version DESC
SETTINGS do_not_merge_across_partitions_select_final = 1`;
};

const keyOf = ({ feature, binsVersion }: Pick<Raw, 'feature' | 'binsVersion'>): string =>
  `${binsVersion} ${feature}`;

/** The features that both sides have been counted for, each on the newest bins that both have rows on. */
export async function readSides(
  statements: Statements,
  request: ComparisonRequest,
): Promise<FeatureSides[]> {
  const reference = filled(await statements.read<Raw>(sideQuery(request, request.reference)));
  const current = filled(await statements.read<Raw>(sideQuery(request, request.current)));
  const others = new Map(reference.map((row) => [keyOf(row), row]));
  const chosen = new Map<string, readonly [Side, Side]>();
  for (const row of current) {
    const other = others.get(keyOf(row));
    if (other === undefined) continue;
    const known = chosen.get(row.feature);
    const hasRows = totalOf(row.counts) > 0 && totalOf(other.counts) > 0;
    if (known === undefined || (hasRows && totalOf(known[1].counts) === 0)) {
      chosen.set(row.feature, [other, row]);
    }
  }
  const bins = await statements.read<RawBins>(
    `SELECT feature, bins_version AS binsVersion, kind, edges, atoms, categories FROM ml_bins FINAL WHERE ${modelIs(request)}`,
  );
  const made = new Map(bins.map((row) => [keyOf(row), row]));
  return [...chosen.values()].flatMap(([before, now]): FeatureSides[] => {
    const found = made.get(keyOf(now));
    if (found === undefined) return [];
    const { feature, kind, edges, atoms, categories } = found;
    return [
      {
        feature,
        bins: { kind, edges, atoms, categories },
        reference: before,
        current: now,
      },
    ];
  });
}

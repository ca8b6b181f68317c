import { binLayout, describeBins, type FeatureBins } from '@plumbline/schemas';
import { z } from 'zod';
import type { ModelKey } from '../modelKey';
import { readRows, type Reading } from '../readRows';

/** What a feature was like when the baseline was made. */
export interface FeatureReference {
  readonly feature: string;
  readonly baseline: string;
  readonly bins: FeatureBins;
  readonly counts: readonly number[];
  readonly n: number;
  /** Standard deviation of its numbers; null: it has none. */
  readonly sd: number | null;
}

type Row = FeatureBins & {
  readonly feature: string;
  readonly baseline: string;
  readonly counts: readonly number[];
  readonly n: number;
  readonly variance: number | null;
};

/** The references of these features, by name: the version's own baseline, else the newest of another version. */
export async function readReferences(
  { environment, model, version }: ModelKey,
  features: readonly string[],
  context: Reading,
): Promise<Map<string, FeatureReference>> {
  if (features.length === 0) return new Map();
  const rows = await readRows<Row>(
    context,
    `SELECT feature, baseline, counts, n, variance, kind, edges, atoms, categories
FROM (
  SELECT feature, baseline, bins_version, counts, n, sum_squares / n - pow(sum / n, 2) AS variance
  FROM ml_baselines FINAL
  WHERE tenant = {tenant: String} AND environment = {environment: String} AND model = {model: String}
    AND segment = '' AND feature IN {features: Array(String)} AND expired = 0
  ORDER BY version = {version: String} DESC, pinned DESC, created_at DESC
  LIMIT 1 BY feature
) AS used
INNER JOIN (
  SELECT feature, bins_version, kind, edges, atoms, categories FROM ml_bins FINAL
  WHERE tenant = {tenant: String} AND environment = {environment: String} AND model = {model: String}
    AND feature IN {features: Array(String)}
) AS made USING (feature, bins_version)`,
    { environment, model, version, features: [...features] },
  );
  return new Map(
    rows.map(({ feature, baseline, counts, n, variance, ...bins }) => [
      feature,
      {
        ...{ feature, baseline, bins, counts, n },
        sd: variance !== null && variance > 0 ? Math.sqrt(variance) : null,
      },
    ]),
  );
}

/** Where a value stands among the bins; positions are from 0. */
export function binOf(bins: FeatureBins, value: number | string): number {
  const layout = binLayout(bins);
  if (bins.kind === 'category') {
    const text = String(value);
    if (text === '') return layout.missing;
    const place = bins.categories.indexOf(text);
    return place >= 0 ? place : layout.new;
  }
  if (typeof value !== 'number') return layout.new;
  const atom = bins.atoms.indexOf(value);
  if (atom >= 0) return layout.firstAtom + atom;
  const above = bins.edges.findIndex((edge) => value < edge);
  return above < 0 ? bins.edges.length : above;
}

export const feature = z.object({
  feature: z.string(),
  value: z.union([z.number(), z.string()]),
  reference: z
    .object({
      baseline: z.string(),
      n: z.int(),
      bin: z.int().meta({ description: 'place of the value in `bins`, from 0' }),
      share: z.number().meta({ description: 'of the reference in that bin' }),
      bins: z.array(
        z.object({
          low: z.number().nullable(),
          high: z.number().nullable(),
          label: z.string(),
          share: z.number(),
        }),
      ),
    })
    .nullable()
    .meta({ description: 'null: no baseline knows the feature' }),
});

/** A feature's value against its reference. */
export function againstReference(
  name: string,
  value: number | string,
  known: FeatureReference | undefined,
): z.output<typeof feature> {
  if (known === undefined || known.n === 0) return { feature: name, value, reference: null };
  const { bins, counts, n, baseline } = known;
  const bin = binOf(bins, value);
  const shareOf = (place: number): number => (counts[place] ?? 0) / n;
  const described = describeBins(bins).map((text, place) => ({ ...text, share: shareOf(place) }));
  return {
    feature: name,
    value,
    reference: { baseline, n, bin, share: shareOf(bin), bins: described },
  };
}

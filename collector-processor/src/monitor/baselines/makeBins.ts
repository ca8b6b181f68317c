import { categoryOf } from '../features/featureValues';

const FEATURE = 'tenant, environment, model, feature';
/** 20 bins of equal frequency, those at the ends split further: tails are where binning would hide a change. */
const LEVELS = [0.002, 0.01, ...Array.from({ length: 19 }, (_, i) => (i + 1) / 20), 0.99, 0.998];
/** A value with this share of a feature's rows, or one of so few, has a bin of its own. */
const ATOMS = 20;
const TOP_CATEGORIES = 50;
/** Rarer categories are known to this number; what comes after them would count as new. */
const RARE_CATEGORIES = 10_000;

/**
 * A query of new rows of ml_bins for the features in `rows` (a query of tenant, environment, model and the columns of
 * `featureColumns`) that `except` (a query of tenant, environment, model, feature) does not name. A feature is a category
 * when most of its values are texts. Edges are values that occurred, with a rank error of at most 1/4000 (Greenwald and
 * Khanna, Space-efficient online computation of quantile summaries, 2001); frequent values come from a summary whose counts
 * are at most 1/400 of the rows too high (Metwally, Agrawal and El Abbadi, Efficient computation of frequent and top-k elements, 2005).
 */
export const newBins = (rows: string, except: string, binsVersion: number): string => {
  const numbers = `SELECT ${FEATURE}, number + 0. AS value FROM (${rows}) ARRAY JOIN number_names AS feature, number_values AS number`;
  const texts = `SELECT ${FEATURE}, ${categoryOf('text')} AS category FROM (${rows}) ARRAY JOIN text_names AS feature, text_values AS text WHERE notEmpty(text)`;
  const frequent = `
SELECT ${FEATURE}, approx_top_kIf(${ATOMS + 1}, 400)(value, isFinite(value)) AS top, countIf(isFinite(value)) AS n,
  arraySort(arrayMap(v -> v.1, arrayFilter(v -> length(top) <= ${ATOMS} OR v.2 - v.3 >= n / ${ATOMS}, top))) AS atoms
FROM (${numbers}) GROUP BY ${FEATURE}`;
  const numeric = `
SELECT ${FEATURE}, toUInt64(count()) AS numeric, any(frequent.atoms) AS own_atoms, minIf(value, isFinite(value) AND NOT has(frequent.atoms, value)) AS lowest_left,
  arrayFilter(edge -> isFinite(edge) AND edge > lowest_left, arrayDistinct(arraySort(
    quantilesGKIf(4000, ${LEVELS.join(', ')})(value, isFinite(value) AND NOT has(frequent.atoms, value))))) AS edges
FROM (${numbers}) AS told
JOIN (${frequent}) AS frequent USING (${FEATURE})
GROUP BY ${FEATURE}`;
  const textual = `
SELECT ${FEATURE}, any(told) AS textual, arrayMap(v -> v.2, arraySort(groupArray((-c, category)))) AS names
FROM (
  SELECT ${FEATURE}, category, toInt64(count()) AS c, sum(count()) OVER (PARTITION BY ${FEATURE}) AS told FROM (${texts})
  GROUP BY ${FEATURE}, category
  ORDER BY c DESC, category LIMIT ${TOP_CATEGORIES + RARE_CATEGORIES} BY ${FEATURE}
)
GROUP BY ${FEATURE}`;
  return `
SELECT tenant, environment, model, feature, ${binsVersion} AS bins_version,
  if(numbered.numeric >= texts.textual, 'number', 'category') AS kind,
  if(kind = 'number', numbered.edges, []) AS edges, if(kind = 'number', numbered.own_atoms, []) AS atoms,
  if(kind = 'number', [], arraySlice(texts.names, 1, ${TOP_CATEGORIES})) AS categories,
  if(kind = 'number', [], arraySlice(texts.names, ${TOP_CATEGORIES + 1})) AS rare,
  fromUnixTimestamp64Milli(toInt64(${binsVersion})) AS created_at, ${binsVersion} AS row_version
FROM (${numeric}) AS numbered
FULL JOIN (${textual}) AS texts USING (${FEATURE})
WHERE (tenant, environment, model, feature) NOT IN (${except})`;
};

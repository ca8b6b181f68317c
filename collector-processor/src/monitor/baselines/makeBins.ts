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
  const finite = `SELECT * FROM (${numbers}) WHERE isFinite(value)`;
  const atoms = `
SELECT ${FEATURE}, approx_top_k(${ATOMS + 1}, 400)(value) AS top, count() AS n,
  arraySort(arrayMap(v -> v.1, arrayFilter(v -> length(top) <= ${ATOMS} OR v.2 - v.3 >= n / ${ATOMS}, top))) AS atoms, min(value) AS lowest
FROM (${finite}) GROUP BY ${FEATURE}`;
  const edges = `
SELECT ${FEATURE}, arrayFilter(edge -> isFinite(edge) AND edge > lowest_left, arrayDistinct(arraySort(quantilesGK(4000, ${LEVELS.join(', ')})(value)))) AS edges, min(value) AS lowest_left
FROM (${finite}) AS told
JOIN (${atoms}) AS frequent USING (${FEATURE})
WHERE NOT has(frequent.atoms, told.value)
GROUP BY ${FEATURE}`;
  const counted = `
SELECT ${FEATURE}, sum(numeric) AS numeric, sum(textual) AS textual FROM (
  SELECT ${FEATURE}, count() AS numeric, 0 AS textual FROM (${numbers}) GROUP BY ${FEATURE}
  UNION ALL
  SELECT ${FEATURE}, 0 AS numeric, count() AS textual FROM (${texts}) GROUP BY ${FEATURE}
) GROUP BY ${FEATURE}`;
  const names = `
SELECT ${FEATURE}, arrayMap(v -> v.2, arraySort(groupArray((-c, category)))) AS names
FROM (
  SELECT ${FEATURE}, category, toInt64(count()) AS c FROM (${texts})
  GROUP BY ${FEATURE}, category
  ORDER BY c DESC, category LIMIT ${TOP_CATEGORIES + RARE_CATEGORIES} BY ${FEATURE}
)
GROUP BY ${FEATURE}`;
  return `
SELECT told.tenant AS tenant, told.environment AS environment, told.model AS model, told.feature AS feature, ${binsVersion} AS bins_version,
  if(numeric >= textual, 'number', 'category') AS kind,
  if(kind = 'number', quantiles.edges, []) AS edges, if(kind = 'number', frequent.atoms, []) AS atoms,
  if(kind = 'number', [], arraySlice(texts.names, 1, ${TOP_CATEGORIES})) AS categories,
  if(kind = 'number', [], arraySlice(texts.names, ${TOP_CATEGORIES + 1})) AS rare,
  fromUnixTimestamp64Milli(toInt64(${binsVersion})) AS created_at, ${binsVersion} AS row_version
FROM (${counted}) AS told
LEFT JOIN (${atoms}) AS frequent USING (${FEATURE})
LEFT JOIN (${edges}) AS quantiles USING (${FEATURE})
LEFT JOIN (${names}) AS texts USING (${FEATURE})
WHERE (told.tenant, told.environment, told.model, told.feature) NOT IN (${except})`;
};

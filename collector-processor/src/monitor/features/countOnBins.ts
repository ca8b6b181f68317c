import { categoryOf, FEATURE_KEY } from './featureValues';

const LARGEST = '1.7976931348623157e308';

/** Places in an array of counts, from 0, over columns of ml_bins; `binLayout` of schemas says the same. */
const VALUES = "if(kind = 'number', length(edges) + 1 + length(atoms), length(categories) + 1)";
const PLACES = `toUInt32(${VALUES} + 2)`;

/** Columns of a subquery over ml_bins: the key of counted rows and the length of their arrays. */
export const BIN_SHAPE = `${FEATURE_KEY} AS key, toUInt32(${VALUES}) AS missing_place, ${PLACES} AS places`;

/** A query of `most`: the longest array of counts on the bins of a query of ml_bins' columns; 0 without any. */
export const longestOf = (bins: string): string => `SELECT max(${PLACES}) AS most FROM (${bins})`;

/** While they are counted, values of the bin `new` are at 0 and those of place i at i + 1: no feature's shape is needed. */
const NEW = 'toUInt64(0)';

/** The next double above one. */
const ABOVE =
  'if(atom = 0, 5e-324, reinterpretAsFloat64(reinterpretAsInt64(atom) + if(atom > 0, 1, -1)))';

/**
 * Every bin as the number from which on values are in it: value bins, atoms (and the rest of the value bin above one),
 * infinities as `new`. A number for a category is `new` whatever it is.
 */
const thresholds = (bins: string): string => `
SELECT ${FEATURE_KEY} AS key, place.1 AS start, toUInt32(place.2) AS bin
FROM (${bins})
ARRAY JOIN if(kind = 'number', arrayConcat(
  [(-inf, ${NEW}), (-${LARGEST}, toUInt64(1)), (inf, ${NEW})],
  arrayFilter(p -> NOT has(atoms, p.1) AND isFinite(p.1), arrayConcat(
    arrayMap((edge, i) -> (edge, toUInt64(i) + 1), edges, arrayEnumerate(edges)),
    arrayMap(atom -> (${ABOVE}, toUInt64(arrayCount(edge -> edge <= atom, edges)) + 1), atoms))),
  arrayMap((atom, i) -> (atom, toUInt64(length(edges) + i + 1)), atoms, arrayEnumerate(atoms))
), [(-inf, ${NEW})]) AS place`;

const categories = (bins: string): string => `
SELECT bitXor(${FEATURE_KEY}, cityHash64(category.1)) AS category_key, toUInt32(category.2) AS bin
FROM (${bins})
ARRAY JOIN arrayConcat(
  arrayMap((text, i) -> (text, toUInt64(i)), categories, arrayEnumerate(categories)),
  arrayMap(text -> (text, toUInt64(length(categories)) + 1), rare)) AS category
WHERE kind = 'category'`;

const numbers = (rows: string, bins: string): string => `
SELECT told.cells AS cells, told.key AS key, edge.bin AS bin, told.value AS value
FROM (
  SELECT key, cells, if(isNaN(number), inf, number + 0.) AS value
  FROM (${rows})
  ARRAY JOIN number_keys AS key, number_values AS number
) AS told
ASOF JOIN (${thresholds(bins)}) AS edge ON told.key = edge.key AND told.value >= edge.start`;

/** A category that is not found is at 0, so new. Texts have no moments: an infinity has none either. */
const texts = (rows: string, bins: string): string => `
SELECT told.cells AS cells, told.key AS key, found.bin AS bin, inf AS value
FROM (
  SELECT key, cells, bitXor(key, cityHash64(${categoryOf('text')})) AS category_key
  FROM (${rows})
  ARRAY JOIN text_keys AS key, text_values AS text
  WHERE notEmpty(text)
) AS told
LEFT JOIN (${categories(bins)}) AS found ON told.category_key = found.category_key`;

/**
 * Counts of values on bins: a query of `cell`, `key`, `counted` and `summed` (by bin; see `countColumns`), `squares`, `lowest`
 * and `highest`. `rows`: a query of `cells` (Array(UInt64): what a row counts for) and the columns of `featureColumns`; it is
 * read twice. `bins`: a query of ml_bins' columns, one row per feature, none with more than `most` places.
 *
 * A value finds its bin by binary search in the thresholds of its feature (an ASOF join). A group has an array of counts of its
 * own: one place in a hash table for all its bins, where a group for each bin would be as many as there are values.
 */
export const countOnBins = (rows: string, bins: string, most: number): string => `
SELECT cell, key, sumCountResample(0, ${most + 1}, 1)(finite, bin) AS bin_tallies,
  bin_tallies.2 AS counted, bin_tallies.1 AS summed,
  sum(finite * finite) AS squares,
  nullIf(min(if(isFinite(value), value, inf)), inf) AS lowest, nullIf(max(if(isFinite(value), value, -inf)), -inf) AS highest
FROM (
  SELECT cells, key, bin, value, if(isFinite(value), value, 0.) AS finite
  FROM (${numbers(rows, bins)} UNION ALL ${texts(rows, bins)})
)
ARRAY JOIN cells AS cell
GROUP BY cell, key`;

/** Columns of ml_baselines and ml_feature_windows of a counted row `tally` beside the `BIN_SHAPE` and `kind` of its bins. */
export const countColumns = (rows: string): string => {
  const values = 'arrayResize(arraySlice(tally.counted, 2), missing_place, toUInt64(0))';
  const missing = `toUInt64(${rows} - least(${rows}, arraySum(tally.counted)))`;
  return `${rows} AS n,
  arrayConcat(${values}, [${missing}, tally.counted[1]]) AS counts,
  if(kind = 'number', arrayResize(arraySlice(tally.summed, 2), places, 0.), CAST([], 'Array(Float64)')) AS sums,
  arraySum(tally.summed) AS sum, tally.squares AS sum_squares, tally.lowest AS minimum, tally.highest AS maximum`;
};

import { categoryOf } from './featureValues';

const KEY = 'cityHash64(tenant, environment, model, feature)';
const LARGEST = '1.7976931348623157e308';

/** Places in an array of counts, from 0, over columns of ml_bins; `binLayout` of schemas says the same. */
const VALUES = "if(kind = 'number', length(edges) + 1 + length(atoms), length(categories) + 1)";
const NEW = `${VALUES} + 1`;

/** Columns of a subquery over ml_bins: the key of counted rows and the length of their arrays. */
export const BIN_SHAPE = `${KEY} AS key, toUInt32(${VALUES}) AS missing_place, toUInt32(${VALUES} + 2) AS places`;

/** The next double above one. */
const ABOVE =
  'if(atom = 0, 5e-324, reinterpretAsFloat64(reinterpretAsInt64(atom) + if(atom > 0, 1, -1)))';

/**
 * Every bin as the number from which on values are in it: value bins, atoms (and the rest of the value bin above one),
 * infinities as `new`. A number for a category is `new` whatever it is.
 */
const thresholds = (bins: string): string => `
SELECT ${KEY} AS key, place.1 AS start, toUInt32(place.2) AS bin
FROM (${bins})
ARRAY JOIN if(kind = 'number', arrayConcat(
  [(-inf, ${NEW}), (-${LARGEST}, 0), (inf, ${NEW})],
  arrayFilter(p -> NOT has(atoms, p.1) AND isFinite(p.1), arrayConcat(
    arrayMap((edge, i) -> (edge, toUInt64(i)), edges, arrayEnumerate(edges)),
    arrayMap(atom -> (${ABOVE}, toUInt64(arrayCount(edge -> edge <= atom, edges))), atoms))),
  arrayMap((atom, i) -> (atom, length(edges) + i), atoms, arrayEnumerate(atoms))
), [(-inf, ${NEW})]) AS place`;

const categories = (bins: string): string => `
SELECT cityHash64(${KEY}, category.1) AS category_key, toUInt32(category.2) AS bin, 1 AS known
FROM (${bins})
ARRAY JOIN arrayConcat(
  arrayMap((text, i) -> (text, toUInt64(i - 1)), categories, arrayEnumerate(categories)),
  arrayMap(text -> (text, toUInt64(length(categories))), rare)) AS category
WHERE kind = 'category'`;

const NONE = "CAST(NULL, 'Nullable(Float64)')";

/** Groups by one hash and the bin: a third of the time that three columns take, for a group has few values. */
const COUNTED_PLACE = 'cityHash64(cell, key) AS place, bin, any(cell) AS a_cell, any(key) AS a_key';

/** The bins of a place as arrays. */
const folded = (counted: string): string => `
SELECT place, any(a_cell) AS some_cell, any(a_key) AS some_key,
  groupArrayInsertAt(c, bin) AS bin_counts, groupArrayInsertAt(s, bin) AS bin_sums,
  sum(s) AS bin_total, sum(q) AS bin_squares, min(low) AS bin_lowest, max(high) AS bin_highest
FROM (${counted})
GROUP BY place`;

const countedNumbers = (rows: string, bins: string): string => `
SELECT ${COUNTED_PLACE}, count() AS c, sum(finite) AS s, sum(finite * finite) AS q,
  nullIf(min(if(isFinite(value), value, inf)), inf) AS low, nullIf(max(if(isFinite(value), value, -inf)), -inf) AS high
FROM (
  SELECT told.cells AS cells, told.key AS key, edge.bin AS bin, told.value AS value, if(isFinite(value), value, 0.) AS finite
  FROM (
    SELECT ${KEY} AS key, cells, if(isNaN(number), inf, number + 0.) AS value
    FROM (${rows})
    ARRAY JOIN number_names AS feature, number_values AS number
  ) AS told
  ASOF JOIN (${thresholds(bins)}) AS edge ON told.key = edge.key AND told.value >= edge.start
)
ARRAY JOIN cells AS cell
GROUP BY place, bin`;

const countedTexts = (rows: string, bins: string): string => `
SELECT ${COUNTED_PLACE}, count() AS c, 0. AS s, 0. AS q, ${NONE} AS low, ${NONE} AS high
FROM (
  SELECT told.cells AS cells, told.key AS key, if(found.known = 1, found.bin, shape.new_place) AS bin
  FROM (
    SELECT ${KEY} AS key, cells, cityHash64(key, ${categoryOf('text')}) AS category_key
    FROM (${rows})
    ARRAY JOIN text_names AS feature, text_values AS text
    WHERE notEmpty(text)
  ) AS told
  JOIN (SELECT ${KEY} AS key, toUInt32(${NEW}) AS new_place FROM (${bins})) AS shape ON told.key = shape.key
  LEFT JOIN (${categories(bins)}) AS found ON told.category_key = found.category_key
)
ARRAY JOIN cells AS cell
GROUP BY place, bin`;

/**
 * Counts of values on bins: a query of `cell`, `key`, `counts` (without what is missing; may end early), `sums`, `total`,
 * `squares`, `lowest` and `highest`. `rows`: a query of tenant, environment, model, `cells` (Array(UInt64): what a row counts
 * for) and the columns of `featureColumns`; it is read twice. `bins`: a query of ml_bins' columns, one row per feature.
 *
 * A value finds its bin by binary search in the thresholds of its feature (an ASOF join), measured at 0.15 us per value.
 */
export const countOnBins = (rows: string, bins: string): string => `
SELECT any(some_cell) AS cell, any(some_key) AS key, sumForEach(bin_counts) AS counts, sumForEach(bin_sums) AS sums,
  sum(bin_total) AS total, sum(bin_squares) AS squares, min(bin_lowest) AS lowest, max(bin_highest) AS highest
FROM (${folded(countedNumbers(rows, bins))} UNION ALL ${folded(countedTexts(rows, bins))})
GROUP BY place`;

/** Columns of ml_baselines and ml_feature_windows of a counted row `counted` beside the `BIN_SHAPE` and `kind` of its bins. */
export const countColumns = (rows: string): string => {
  const filled = 'arrayResize(counted.counts, places, toUInt64(0))';
  return `${rows} AS n,
  arrayMap((c, i) -> if(i = missing_place + 1, toUInt64(${rows} - least(${rows}, arraySum(counted.counts))), c), ${filled}, arrayEnumerate(${filled})) AS counts,
  if(kind = 'number', arrayResize(counted.sums, places, 0.), CAST([], 'Array(Float64)')) AS sums,
  counted.total AS sum, counted.squares AS sum_squares, counted.lowest AS minimum, counted.highest AS maximum`;
};

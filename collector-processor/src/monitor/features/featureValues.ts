/** Where the values of features are read from: rows of `ml_inferences`, or of an imported file (no calls, so no tokens). */
export type FeatureSource = 'inferences' | 'import';

/** Longer texts are the same category when they begin with the same this many bytes. */
const TEXT_BYTES = 200;

const sumOf = (buckets: readonly string[]): string =>
  `if(hasAny(mapKeys(tokens), [${buckets.map((name) => `'${name}'`).join(', ')}]), ${buckets.map((name) => `tokens['${name}']`).join(' + ')}, NULL)`;

type Reserved = readonly (readonly [name: string, value: string])[];

/** Features that every inference has, with names that no service's feature has: LLM services get drift without naming any. */
const NUMBERS: Reserved = [
  ['@prediction', 'prediction_value'],
  ['@score', 'score'],
  ['@input_tokens', sumOf(['input', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'audio_in'])],
  ['@output_tokens', sumOf(['output', 'reasoning', 'audio_out'])],
  ['@latency_ms', 'latency_ms'],
  ['@ttft_ms', 'ttft_ms'],
  ['@cost', 'cost'],
  ['@output_chars', 'output_chars'],
];

const TEXTS: Reserved = [
  ['@prediction', "if(isNull(prediction_value), toString(prediction_label), '')"],
  ['@finish_reason', 'toString(finish_reason)'],
  ['@refusal', "multiIf(refusal = 1, 'yes', refusal = 0, 'no', '')"],
];

const told = (value: string): string => `isNotNull(${value})`;
const written = (value: string): string => `notEmpty(${value})`;

/** What all features of a model share of their hash, and the hash of a feature by it. */
const hashOf = (name: string): string =>
  `bitXor(cityHash64(tenant, environment, model), cityHash64(${name}))`;

/**
 * A feature as one number, over columns tenant, environment, model and feature. The name is hashed by itself, so that the
 * engine hashes each different name of a block once, and not that of each value.
 */
export const FEATURE_KEY = hashOf('feature');

/** An array of a row's own features, with those of the reserved ones that it has. */
const withReserved = (
  own: string,
  reserved: Reserved,
  isThere: (value: string) => string,
  itemOf: (feature: Reserved[number]) => string,
): string => {
  if (reserved.length === 0) return own;
  const items = reserved.map(itemOf).join(', ');
  const there = reserved.map(([, value]) => isThere(value)).join(', ');
  return `arrayConcat(${own}, arrayFilter((item, is_there) -> is_there, [${items}], [${there}]))`;
};

/**
 * Columns `number_names`, `number_values`, `text_names` and `text_values` of a row, for a SELECT: its features, the
 * reserved ones among them; `number_keys` and `text_keys` have the `FEATURE_KEY` of each. Empty texts are among them too;
 * readers take them for missing.
 */
export function featureColumns(source: FeatureSource): string {
  const columnsOf = (
    kind: 'number' | 'text',
    all: Reserved,
    isThere: (value: string) => string,
    asItem: (value: string) => string,
  ): string[] => {
    const own = `feature_${kind}s`;
    const reserved = source === 'inferences' ? all : [];
    const array = (ofRow: string, itemOf: (feature: Reserved[number]) => string): string =>
      withReserved(ofRow, reserved, isThere, itemOf);
    return [
      `${array(`mapKeys(${own})`, ([name]) => `toLowCardinality('${name}')`)} AS ${kind}_names`,
      `${array(`mapValues(${own})`, ([, value]) => asItem(value))} AS ${kind}_values`,
      `${array(`arrayMap(name -> ${hashOf('name')}, mapKeys(${own}))`, ([name]) => hashOf(`'${name}'`))} AS ${kind}_keys`,
    ];
  };
  return [
    ...columnsOf('number', NUMBERS, told, (value) => `ifNull(toFloat64(${value}), 0.)`),
    ...columnsOf('text', TEXTS, written, (value) => value),
  ].join(',\n  ');
}

/** A text as its category is named. */
export const categoryOf = (text: string): string => `substring(${text}, 1, ${TEXT_BYTES})`;

/** Rows that count: told once, not an outer span of others, not ahead of the receiver's clock. */
export const COUNTED = 'rollup = 0 AND clock_skew = 0';

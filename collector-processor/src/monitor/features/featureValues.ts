/** Where the values of features are read from: rows of `ml_inferences`, or of an imported file (no calls, so no tokens). */
export type FeatureSource = 'inferences' | 'import';

/** Longer texts are the same category when they begin with the same this many bytes. */
const TEXT_BYTES = 200;

const sumOf = (buckets: readonly string[]): string =>
  `if(hasAny(mapKeys(tokens), [${buckets.map((name) => `'${name}'`).join(', ')}]), ${buckets.map((name) => `tokens['${name}']`).join(' + ')}, NULL)`;

/** Features that every inference has, with names that no service's feature has: LLM services get drift without naming any. */
const NUMBERS: readonly (readonly [name: string, value: string])[] = [
  ['@prediction', 'prediction_value'],
  ['@score', 'score'],
  ['@input_tokens', sumOf(['input', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'audio_in'])],
  ['@output_tokens', sumOf(['output', 'reasoning', 'audio_out'])],
  ['@latency_ms', 'latency_ms'],
  ['@ttft_ms', 'ttft_ms'],
  ['@cost', 'cost'],
  ['@output_chars', 'output_chars'],
];

const TEXTS: readonly (readonly [name: string, value: string])[] = [
  ['@prediction', "if(isNull(prediction_value), toString(prediction_label), '')"],
  ['@finish_reason', 'toString(finish_reason)'],
  ['@refusal', "multiIf(refusal = 1, 'yes', refusal = 0, 'no', '')"],
];

const NAME = 'LowCardinality(String)';

const names = (own: string, reserved: typeof NUMBERS, isThere: (value: string) => string): string =>
  `arrayConcat(mapKeys(${own}), ${reserved.map(([name, value]) => `CAST(if(${isThere(value)}, ['${name}'], []), 'Array(${NAME})')`).join(', ')})`;

const values = (
  own: string,
  type: string,
  reserved: typeof NUMBERS,
  isThere: (value: string) => string,
): string =>
  `arrayConcat(mapValues(${own}), ${reserved.map(([, value]) => `if(${isThere(value)}, [assumeNotNull(${type === 'String' ? value : `toFloat64(${value})`})], [])`).join(', ')})`;

const told = (value: string): string => `isNotNull(${value})`;
const written = (value: string): string => `notEmpty(${value})`;

/**
 * Columns `number_names`, `number_values`, `text_names` and `text_values` of a row, for a SELECT: its features, the
 * reserved ones among them. Empty texts are among them too; readers take them for missing.
 */
export function featureColumns(source: FeatureSource): string {
  const reserved = source === 'inferences';
  return [
    `${reserved ? names('feature_numbers', NUMBERS, told) : 'mapKeys(feature_numbers)'} AS number_names`,
    `${reserved ? values('feature_numbers', 'Float64', NUMBERS, told) : 'mapValues(feature_numbers)'} AS number_values`,
    `${reserved ? names('feature_texts', TEXTS, written) : 'mapKeys(feature_texts)'} AS text_names`,
    `${reserved ? values('feature_texts', 'String', TEXTS, written) : 'mapValues(feature_texts)'} AS text_values`,
  ].join(',\n  ');
}

/** A text as its category is named. */
export const categoryOf = (text: string): string => `substring(${text}, 1, ${TEXT_BYTES})`;

/** Rows that count: told once, not an outer span of others, not ahead of the receiver's clock. */
export const COUNTED = 'rollup = 0 AND clock_skew = 0';

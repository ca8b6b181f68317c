/** Sorting key of a row of `ml_inferences`. */
export interface InferenceKey {
  readonly tenant: string;
  readonly environment: string;
  readonly model: string;
  readonly version: string;
  /** Start of the hour, Unix seconds. */
  readonly hour: number;
  readonly inference_id: string;
}

/** Its columns in order, and how each is written in a statement. */
const COLUMNS: readonly (readonly [column: string, field: keyof InferenceKey, type: string])[] = [
  ['tenant', 'tenant', 'String'],
  ['environment', 'environment', 'String'],
  ['model', 'model', 'String'],
  ['version', 'version', 'String'],
  ['toStartOfHour(time)', 'hour', 'DateTime'],
  ['inference_id', 'inference_id', 'String'],
];

/** `ORDER BY` this to read by the primary key. */
export const KEY_ORDER = COLUMNS.map(([column]) => column).join(', ');

/** A condition and its parameters for `query_params`. */
export interface KeyCondition {
  readonly sql: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/**
 * Rows after a key, from it on, or up to it, in key order. Written column by column: the engine does not use its
 * primary key for a comparison of tuples. `name` keeps the parameters of several conditions apart.
 */
export function keyCondition(
  name: string,
  operator: '>' | '>=' | '<=',
  key: InferenceKey,
): KeyCondition {
  const strict = operator === '<=' ? '<' : '>';
  const sql = COLUMNS.reduceRight((inner, [column, field, type]) => {
    const value = `{${name}_${field}:${type}}`;
    return inner === ''
      ? `${column} ${operator} ${value}`
      : `(${column} ${strict} ${value} OR (${column} = ${value} AND ${inner}))`;
  }, '');
  const params = COLUMNS.map(([, field]) => [`${name}_${field}`, key[field]] as const);
  return { sql, params: Object.fromEntries(params) };
}

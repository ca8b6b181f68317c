import { ALIASES, NUMBERED_OUTPUT, PREFIX } from './aliases';
import { conventionOf, type Convention } from './conventions';
import { groupsOf } from './fieldGroups';
import { FIELD, FIELD_COUNT, type Field, type FieldName } from './fields';
import { OPERATION_FIELDS } from './operations';
import { recordsOf } from './records/recordBits';
import { cacheKeyRule, type CacheKeyRule } from './tokenEmitters';

/** Keys with a name of the sender's own: the name and the position of each, in wire order. */
export interface NamedPositions {
  readonly names: readonly string[];
  readonly positions: readonly number[];
}

/** A field that a key tells, and how much it is preferred: 0 is the first alias. */
interface Told {
  readonly field: Field;
  readonly rank: number;
}

/**
 * What a list of attribute keys can tell, worked out once per shape, so that a span only reads values by position.
 */
export interface KeyPlan {
  readonly convention: Convention;
  /** Whether the keys may tell a call of a generative model: an operation, a model or usage. */
  readonly isGenAi: boolean;
  /**
   * Whether they tell a prediction in `ml.*` names: an output or an input of a model. An id beside a record is the
   * prediction that the record is about, not one of its own.
   */
  readonly isPrediction: boolean;
  /** Whether they tell the output of a prediction, or its id. */
  readonly tellsOutput: boolean;
  /** Whether usage or a model is told. */
  readonly hasModel: boolean;
  readonly hasUsage: boolean;
  /** By field: position of the preferred key, -1 when no key tells it. */
  readonly first: Int16Array;
  /** By field: positions of the other keys, in order of preference, where there are any. */
  readonly others: readonly (readonly number[] | undefined)[];
  /** The fields that tell the operation and are there, in the order in which they are believed. */
  readonly operations: readonly Field[];
  readonly features: NamedPositions;
  readonly segments: NamedPositions;
  readonly probabilities: NamedPositions;
  readonly explanations: NamedPositions;
  /** Positions of the numbered pieces of the answer's text. */
  readonly outputs: readonly number[];
  readonly cacheKeyRule: CacheKeyRule;
  /** Bits of the groups of fields (`fieldGroups.ts`) that the keys tell something of. */
  readonly groups: number;
  /** Bits of the kinds of records about a prediction (`records/recordBits.ts`) that the keys tell. */
  readonly records: number;
}

const TOLD: ReadonlyMap<string, Told> = new Map(
  Object.entries(ALIASES).flatMap(([name, keys]) =>
    keys.map((key, rank) => [key, { field: FIELD[name as FieldName], rank }] as const),
  ),
);

const MODEL_FIELDS: ReadonlySet<Field> = new Set([FIELD.model, FIELD.version]);
const USAGE_FIELDS: ReadonlySet<Field> = new Set([
  FIELD.inputTokens,
  FIELD.outputTokens,
  FIELD.totalTokens,
]);
const OPERATIONS: ReadonlySet<Field> = new Set(OPERATION_FIELDS);
const OUTPUT_FIELDS: ReadonlySet<Field> = new Set([
  FIELD.predictionValue,
  FIELD.predictionLabel,
  FIELD.predictionScore,
  FIELD.probabilities,
]);

/** What stands beside the attributions of an explanation under their prefix. */
const EXPLANATION_KEYS: ReadonlySet<string> = new Set([
  ...ALIASES.explanationBase,
  ...ALIASES.explanationMethod,
]);

/** The plan of a list of keys. A key that is there twice counts where it stands first. */
export function compileKeyPlan(keys: readonly string[]): KeyPlan {
  const unique = new Map<string, number>();
  keys.forEach((key, position) => {
    if (!unique.has(key)) unique.set(key, position);
  });
  const tells = [...unique].flatMap(([key, position]) => {
    const told = TOLD.get(key);
    return told === undefined ? [] : [{ ...told, key, position }];
  });
  const genAi = tells.filter(({ key }) => !key.startsWith('ml.'));
  const has = (fields: ReadonlySet<Field>): boolean => genAi.some(({ field }) => fields.has(field));
  const features = named(unique, PREFIX.feature);
  const probabilities = named(unique, PREFIX.probability);
  const explanations = named(unique, PREFIX.explanation, EXPLANATION_KEYS);
  const first = new Int16Array(FIELD_COUNT).fill(-1);
  const others = new Array<number[] | undefined>(FIELD_COUNT).fill(undefined);
  tells.sort((a, b) => a.rank - b.rank);
  for (const { field, position } of tells) {
    if (first[field]! < 0) first[field] = position;
    else (others[field] ??= []).push(position);
  }
  const records = recordsOf(first, explanations.names.length > 0);
  const isOutput = ({ field }: Told): boolean =>
    OUTPUT_FIELDS.has(field) || (field === FIELD.predictionId && records === 0);
  return {
    convention: conventionOf(keys),
    isGenAi: has(OPERATIONS) || has(MODEL_FIELDS) || has(USAGE_FIELDS),
    isPrediction:
      features.names.length > 0 || probabilities.names.length > 0 || tells.some(isOutput),
    tellsOutput:
      probabilities.names.length > 0 ||
      tells.some(({ field }) => OUTPUT_FIELDS.has(field) || field === FIELD.predictionId),
    hasModel: has(MODEL_FIELDS),
    hasUsage: has(USAGE_FIELDS),
    first,
    others,
    operations: OPERATION_FIELDS.filter((field) => first[field]! >= 0),
    features,
    segments: named(unique, PREFIX.segment),
    probabilities,
    explanations,
    outputs: [...unique].flatMap(([key, position]) =>
      NUMBERED_OUTPUT.test(key) ? [position] : [],
    ),
    cacheKeyRule: cacheKeyRule(keys),
    groups: groupsOf(first),
    records,
  };
}

/** Sorted, so that equal feature vectors are equal maps in the store, whatever the order they were sent in. */
function named(
  unique: ReadonlyMap<string, number>,
  prefix: string,
  others?: ReadonlySet<string>,
): NamedPositions {
  const found = [...unique]
    .filter(([key]) => key.startsWith(prefix) && key.length > prefix.length)
    .filter(([key]) => others?.has(key) !== true)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    names: found.map(([key]) => key.slice(prefix.length)),
    positions: found.map(([, position]) => position),
  };
}

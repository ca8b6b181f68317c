import { FIELD, type Field } from './fields';

/**
 * Fields that are told together or, mostly, not at all: one bit each, so that a span that tells none of a group does not
 * look for each of its fields.
 */
export const GROUP = {
  cache: 1,
  outputParts: 2,
  audioIn: 4,
  cost: 8,
  sampling: 16,
  flag: 32,
} as const;

const FIELDS: Readonly<Record<keyof typeof GROUP, readonly Field[]>> = {
  cache: [FIELD.cacheRead, FIELD.cacheWrite, FIELD.cacheWrite5m, FIELD.cacheWrite1h],
  outputParts: [FIELD.reasoning, FIELD.audioOut],
  audioIn: [FIELD.audioIn],
  cost: [FIELD.costAmount, FIELD.costUsd],
  sampling: [
    FIELD.sampleRate,
    FIELD.sampleProbability,
    FIELD.samplerType,
    FIELD.samplerParam,
    FIELD.samplerMark,
  ],
  flag: [FIELD.flagVariant],
};

/** The groups that these positions (by field, -1 for none) tell something of. */
export function groupsOf(first: Int16Array): number {
  let groups = 0;
  for (const [name, fields] of Object.entries(FIELDS)) {
    if (fields.some((field) => first[field]! >= 0)) groups |= GROUP[name as keyof typeof GROUP];
  }
  return groups;
}

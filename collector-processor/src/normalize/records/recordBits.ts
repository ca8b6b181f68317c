import { RECORD_KINDS, type RecordKind } from '../../core/mlRecord';
import { FIELD, type Field } from '../fields';

/** One bit for each kind of record, so that a list of keys that tells none is passed by with one look. */
export const RECORD_BIT = Object.fromEntries(
  RECORD_KINDS.map((kind, index) => [kind, 1 << index]),
) as Readonly<Record<RecordKind, number>>;

/**
 * Fields of which one must be there for an attribute list to tell a record of the kind. An evaluation needs its name as
 * well: `evaluation.score` alone may be anyone's.
 */
const TELLING: Readonly<Record<RecordKind, readonly Field[]>> = {
  label: [FIELD.labelValue],
  feedback: [FIELD.feedbackScore, FIELD.feedbackText],
  explanation: [FIELD.explanationBase],
  evaluation: [FIELD.evaluationName],
  flag: [FIELD.flagKey],
};

/** The kinds that these positions (by field, -1 for none) tell. */
export function recordsOf(first: Int16Array, hasAttributions: boolean): number {
  let records = hasAttributions ? RECORD_BIT.explanation : 0;
  for (const kind of RECORD_KINDS) {
    if (TELLING[kind].some((field) => first[field]! >= 0)) records |= RECORD_BIT[kind];
  }
  return records;
}

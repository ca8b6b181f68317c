import type { RecordKind, RecordProblem, RecordValues } from '../../core/mlRecord';
import { FIELD, type Field } from '../fields';
import type { FieldReader } from '../fieldReader';
import { type List, numberOf } from '../readField';

/** What a list tells, or why it tells nothing of use. */
type Read = RecordValues | RecordProblem;

/** How doubles that are no numbers look as text, whether they were told as a double or as text. */
const NO_NUMBERS: ReadonlySet<string> = new Set(['NaN', 'Infinity', '-Infinity']);

/** A number that was told and is of no use. */
const isBad = (reader: FieldReader, field: Field, value: number): boolean =>
  Number.isNaN(value) && reader.ownText(field) !== '';

function readLabel(reader: FieldReader): Read {
  const label = reader.ownUniqueText(FIELD.labelValue);
  if (label === '') return 'no_value';
  if (NO_NUMBERS.has(label)) return 'not_a_number';
  const value = reader.ownNumber(FIELD.labelValue);
  return { kind: 'label', value, label, source: reader.ownText(FIELD.labelSource) };
}

function readFeedback(reader: FieldReader): Read {
  const score = reader.ownNumber(FIELD.feedbackScore);
  const text = reader.ownUniqueText(FIELD.feedbackText);
  const problem = isBad(reader, FIELD.feedbackScore, score) ? 'not_a_number' : '';
  if (Number.isNaN(score) && text === '') return problem === '' ? 'no_value' : problem;
  return { kind: 'feedback', score, text, source: reader.ownText(FIELD.feedbackSource), problem };
}

/** Base and method may be told once around several: by the span of the events, by the attributes beside a body. */
function readExplanation(reader: FieldReader, list: List): Read {
  const told = list.shape.plan.explanations;
  const names: string[] = [];
  const attributions: number[] = [];
  told.positions.forEach((position, index) => {
    const attribution = numberOf(list, position);
    if (!Number.isFinite(attribution)) return;
    names.push(told.names[index]!);
    attributions.push(attribution);
  });
  const baseValue = reader.sharedNumber(FIELD.explanationBase);
  const isWhole =
    names.length === told.names.length && !isBad(reader, FIELD.explanationBase, baseValue);
  const problem = isWhole ? '' : 'not_a_number';
  if (names.length === 0 && Number.isNaN(baseValue)) return problem === '' ? 'no_value' : problem;
  const method = reader.sharedText(FIELD.explanationMethod);
  return { kind: 'explanation', names, attributions, baseValue, method, problem };
}

/** The response is told by the event, or by the span it stands on. */
function readEvaluation(reader: FieldReader): Read {
  const name = reader.ownText(FIELD.evaluationName);
  if (name === '') return 'no_name';
  const score = reader.ownNumber(FIELD.evaluationScore);
  const label = reader.ownText(FIELD.evaluationLabel);
  const explanation = reader.ownUniqueText(FIELD.evaluationText);
  const errorType = reader.ownText(FIELD.errorType);
  const problem = isBad(reader, FIELD.evaluationScore, score) ? 'not_a_number' : '';
  if (Number.isNaN(score) && label === '' && explanation === '' && errorType === '') {
    return problem === '' ? 'no_value' : problem;
  }
  const responseId = reader.sharedText(FIELD.responseId);
  return { kind: 'evaluation', name, score, label, explanation, errorType, responseId, problem };
}

function readFlag(reader: FieldReader): Read {
  const flagKey = reader.ownText(FIELD.flagKey);
  if (flagKey === '') return 'no_key';
  return {
    kind: 'flag',
    flagKey,
    variant: reader.ownText(FIELD.flagVariant),
    value: reader.ownText(FIELD.flagValue),
    flagProvider: reader.ownText(FIELD.flagProvider),
    flagSet: reader.ownText(FIELD.flagSet),
    flagVersion: reader.ownText(FIELD.flagVersion),
    contextId: reader.ownUniqueText(FIELD.flagContext),
    reason: reader.ownText(FIELD.flagReason),
    errorType: reader.ownText(FIELD.errorType),
  };
}

const READERS: Readonly<Record<RecordKind, (reader: FieldReader, list: List) => Read>> = {
  label: readLabel,
  feedback: readFeedback,
  explanation: readExplanation,
  evaluation: readEvaluation,
  flag: readFlag,
};

/** Reads a record of this kind from the innermost list, which the reader has open. */
export const readValues = (kind: RecordKind, reader: FieldReader, list: List): Read =>
  READERS[kind](reader, list);

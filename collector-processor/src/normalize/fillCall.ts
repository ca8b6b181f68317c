import type { Inference } from '../core/inference';
import { VALUE_KIND } from '../otlp/valueKind';
import { GROUP } from './fieldGroups';
import type { FieldReader } from './fieldReader';
import { FIELD } from './fields';
import { refusalOf } from './finishReasons';
import { isTold, type List } from './readField';

/** A span or a log record. */
interface View {
  readonly attributes: List;
}

/** What only a call of a generative model tells: how it ended, who answered, how fast, what it was said to cost. */
export function fillCall(reader: FieldReader, view: View, inference: Inference): void {
  inference.responseId = reader.ownUniqueText(FIELD.responseId);
  inference.systemFingerprint = reader.ownText(FIELD.fingerprint);
  inference.serviceTier = reader.ownText(FIELD.serviceTier);
  inference.finishReason = finishReason(reader, view);
  inference.refusal = refusalOf(inference.finishReason);
  inference.outputChars = outputChars(view);
  const seconds = reader.ownNumber(FIELD.ttftSeconds);
  inference.ttftMs = Number.isNaN(seconds) ? reader.ownNumber(FIELD.ttftMs) : seconds * 1000;
  if ((reader.groups & GROUP.cost) !== 0) fillReportedCost(reader, inference);
}

/** Cost as told. What has no currency of its own is in dollars, as its conventions define it. */
function fillReportedCost(reader: FieldReader, inference: Inference): void {
  const amount = reader.ownNumber(FIELD.costAmount);
  inference.reportedCost = Number.isNaN(amount) ? reader.ownNumber(FIELD.costUsd) : amount;
  if (Number.isNaN(inference.reportedCost)) return;
  const currency = reader.ownText(FIELD.costCurrency).toUpperCase();
  inference.reportedCurrency = currency === '' && Number.isNaN(amount) ? 'USD' : currency;
  inference.reportedSource =
    reader.ownText(FIELD.costSource).toLowerCase() === 'provider' ? 'provider' : 'local';
}

/** The first element of a list of reasons, or a reason on its own. */
function finishReason(reader: FieldReader, { attributes }: View): string {
  const at = attributes.shape.plan.first[FIELD.finishReason]!;
  return at >= 0 && attributes.kinds[at] === VALUE_KIND.array
    ? (attributes.list(at).find(isTold) ?? '')
    : reader.ownText(FIELD.finishReason);
}

/** Length of the answer's text in UTF-16 units, NaN where the emitter keeps the text to itself. */
function outputChars(view: View): number {
  const { attributes } = view;
  const { first, others, outputs } = attributes.shape.plan;
  const at = first[FIELD.outputText]!;
  if (at >= 0) {
    for (const position of [at, ...(others[FIELD.outputText] ?? [])]) {
      const text = attributes.uniqueText(position);
      if (isTold(text)) return text.length;
    }
  }
  let length = NaN;
  for (const position of outputs) {
    const text = attributes.uniqueText(position);
    if (isTold(text)) length = (Number.isNaN(length) ? 0 : length) + text.length;
  }
  return length;
}

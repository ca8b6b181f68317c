import type { Inference } from '../core/inference';
import { noteViolation } from '../core/violation';
import { VALUE_KIND } from '../otlp/valueKind';
import { FIELD } from './fields';
import type { FieldReader } from './fieldReader';
import { isTold, type List, numberOf } from './readField';

/** Classes of one prediction that are kept; a label space beyond it is no distribution to watch. */
export const MAX_PROBABILITIES = 1_000;

/** The output of a prediction, from the list that tells it. */
export function fillPrediction(reader: FieldReader, list: List, inference: Inference): void {
  inference.predictionId = reader.ownUniqueText(FIELD.predictionId);
  inference.predictionLabel = reader.ownText(FIELD.predictionLabel);
  inference.score = reader.ownNumber(FIELD.predictionScore);
  inference.predictionValue = reader.ownNumber(FIELD.predictionValue);
  if (Number.isNaN(inference.predictionValue) && inference.predictionLabel === '') {
    // A class told as the value: `true`, `approve`.
    inference.predictionLabel = reader.ownText(FIELD.predictionValue);
  }
  fillProbabilities(list, inference);
}

function fillProbabilities(list: List, inference: Inference): void {
  const { first, probabilities } = list.shape.plan;
  const to = inference.probabilities;
  const add = (name: string, value: number): void => {
    if (Number.isFinite(value) && to.size < MAX_PROBABILITIES) to.set(name, value);
  };
  probabilities.names.forEach((name, index) => {
    add(name, numberOf(list, probabilities.positions[index]!));
  });
  const at = first[FIELD.probabilities]!;
  if (at < 0) return;
  if (list.kind(at) === VALUE_KIND.map) {
    // Sorted, as the store has it, so that equal predictions are equal maps.
    for (const [name, value] of list.entries(at).sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (!to.keys.includes(name)) add(name, Number(value));
    }
  } else if (list.kind(at) === VALUE_KIND.array) {
    list.list(at).forEach((value, index) => {
      add(String(index), Number(value));
    });
  }
}

/**
 * Adds the features that this list tells and the inference does not have yet. A flag is a category; lists, maps and
 * bytes are no features a distribution can be kept of, they stay in the span only.
 */
export function addFeatures(list: List, inference: Inference): void {
  const { names, positions } = list.shape.plan.features;
  const { featureNumbers, featureTexts } = inference;
  const isFirst = featureNumbers.size + featureTexts.size === 0;
  for (let index = 0; index < names.length; index++) {
    const name = names[index]!;
    if (!isFirst && (featureNumbers.has(name) || featureTexts.has(name))) {
      continue;
    }
    const at = positions[index]!;
    switch (list.kinds[at]) {
      case VALUE_KIND.double:
      case VALUE_KIND.int: {
        const number = list.number(at);
        if (!Number.isFinite(number)) noteViolation(inference, 'not_finite', name);
        if (!Number.isNaN(number)) featureNumbers.set(name, number);
        break;
      }
      case VALUE_KIND.text:
      case VALUE_KIND.bool: {
        const text = list.text(at);
        if (isTold(text)) featureTexts.set(name, text);
        else if (text === '') noteViolation(inference, 'empty', name);
        break;
      }
      default:
    }
  }
}

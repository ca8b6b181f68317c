import type { Inference } from '../core/inference';
import { ALIASES } from './aliases';
import type { Normalizer } from './normalizer';

/** Whether a feature whose stored texts are numbers is a category (a postal code, a class number) all the same. */
export type IsCategory = (inference: Inference, feature: string) => boolean;

/**
 * The one place that says which numeric texts stay texts. Nothing can be known of a feature's type before there are
 * bins for it (`ml_bins`), so without them every number is a number.
 */
export const noCategories: IsCategory = () => false;

/** Keys whose values the normaliser reads element by element, where the exporter's maps hold JSON. */
export const NESTED_KEYS: ReadonlySet<string> = new Set([
  ...ALIASES.finishReason,
  ...ALIASES.probabilities,
]);

/**
 * The normaliser for spans that were read back from `otel_traces`, whose maps hold every value as text. What a text was
 * before it was stored matters for features only: everything else is read from a text as from a number.
 *
 * `received_at` of an inference is not stored with its span; it is taken to be the moment the span ended, the earliest
 * that it can have been received, and never after now (the request's time of receipt).
 */
export const forStoredSpans = (normalizer: Normalizer, isCategory: IsCategory): Normalizer => ({
  plans: normalizer.plans,
  counts: normalizer.counts,
  recognise: (view) => normalizer.recognise(view),
  hasRecords: (view) => normalizer.hasRecords(view),
  tellRecords: (view, receipt, sink) => {
    normalizer.tellRecords(view, receipt, sink);
  },
  fill(view, index, inference) {
    normalizer.fill(view, index, inference);
    readFeatures(inference, isCategory);
    const { startMs, durationMs } = view;
    const endMs = Number.isNaN(durationMs) ? startMs : Math.floor(startMs + durationMs);
    inference.receivedAtMs = Math.min(inference.receivedAtMs, Math.max(inference.time, endMs));
  },
});

/** What the exporter (Go) and Plumbline (ECMAScript) write for doubles that JSON lacks. */
const NOT_FINITE: ReadonlyMap<string, number> = new Map([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
  ['+Inf', Infinity],
  ['-Inf', -Infinity],
]);

/** Only what a writer of numbers produces: no blanks, no hexadecimal, no leading zeros as in postal codes. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** The number that a stored text was; undefined when it was a text. NaN stands for a missing value, as live. */
export function numberOfStored(text: string): number | undefined {
  if (!NUMBER.test(text)) return NOT_FINITE.get(text);
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** Lists and maps are no features; stored, they are JSON. */
function isNested(text: string): boolean {
  const first = text.charCodeAt(0);
  if (first !== 91 && first !== 123) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Sorts the features, which all came as texts, into numbers and texts; both keep their order by name. */
function readFeatures(inference: Inference, isCategory: IsCategory): void {
  const { featureNumbers, featureTexts } = inference;
  const { keys, values, size } = featureTexts;
  featureTexts.clear();
  for (let at = 0; at < size; at++) {
    const name = keys[at]!;
    const text = values[at]!;
    const number = numberOfStored(text);
    if (number !== undefined && !isCategory(inference, name)) {
      if (!Number.isNaN(number)) featureNumbers.set(name, number);
    } else if (!isNested(text)) {
      featureTexts.set(name, text);
    }
  }
}

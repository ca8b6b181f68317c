import { ALIASES, PREFIX } from './aliases';
import type { FieldName } from './fields';
import { compileKeyPlan } from './keyPlan';
import { RECORD_EVENTS } from './records/recordEvents';
import { PREDICTION_EVENT } from './spanEvents';

/** What a span must have at least one of, to tell an inference or a record about one: without any it never does. */
export interface RecognisedKeys {
  /** Attribute keys of the span. */
  readonly keys: readonly string[];
  /** Beginnings of attribute keys of the span. */
  readonly prefixes: readonly string[];
  /** Names of span events. */
  readonly events: readonly string[];
}

const canTell = (key: string): boolean => {
  const { isGenAi, isPrediction, records } = compileKeyPlan([key]);
  return isGenAi || isPrediction || records !== 0;
};

/** Asked of the plan itself, key by key, so that a filter over stored spans never misses what a live span would be. */
export const recognisedKeys = (): RecognisedKeys => ({
  keys: (Object.keys(ALIASES) as FieldName[]).flatMap((field) => ALIASES[field].filter(canTell)),
  prefixes: Object.values(PREFIX).filter((prefix) => canTell(`${prefix}x`)),
  events: [PREDICTION_EVENT, ...RECORD_EVENTS.keys()],
});

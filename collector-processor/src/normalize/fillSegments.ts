import type { Inference } from '../core/inference';
import { FIELD } from './fields';
import type { FieldReader } from './fieldReader';
import { isTold, type List } from './readField';

/** Segments of one inference; each is a series of its own in every window. */
export const MAX_SEGMENTS = 16;

/** Adds one segment unless it is there, empty or one too many; returns how many were dropped: 0 or 1. */
export function addSegment(inference: Inference, name: string, value: string): number {
  const { segments } = inference;
  if (!isTold(value) || segments.has(name)) return 0;
  if (segments.size === MAX_SEGMENTS) return 1;
  segments.set(name, value);
  return 0;
}

/** Adds the `ml.segment.*` of this list that the inference does not have yet; returns how many were dropped. */
export function addSegments(list: List, inference: Inference): number {
  const { names, positions } = list.shape.plan.segments;
  let dropped = 0;
  for (let index = 0; index < names.length; index++) {
    dropped += addSegment(inference, names[index]!, list.text(positions[index]!));
  }
  return dropped;
}

/** Adds the variant of a feature flag, as `variant` or, where the flag has a key, `variant.<key>`. */
export function addVariant(reader: FieldReader, inference: Inference): number {
  const variant = reader.sharedText(FIELD.flagVariant);
  if (variant === '') return 0;
  const key = reader.sharedText(FIELD.flagKey);
  return addSegment(inference, key === '' ? 'variant' : `variant.${key}`, variant);
}

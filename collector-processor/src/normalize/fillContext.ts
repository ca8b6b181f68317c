import type { Inference } from '../core/inference';
import { GROUP } from './fieldGroups';
import type { FieldReader } from './fieldReader';
import { FIELD } from './fields';
import { addFeatures } from './fillPrediction';
import { addSegment, addSegments, addVariant } from './fillSegments';
import type { List } from './readField';

/** What was left out or marked. */
export interface ContextCounts {
  segmentsDropped: number;
  clockSkewed: number;
}

/** Who called and from where. `lists`: those that tell features and segments for it, the innermost first. */
export function fillContext(
  reader: FieldReader,
  lists: readonly List[],
  inference: Inference,
  { maxClockSkewMs, counts }: { readonly maxClockSkewMs: number; readonly counts: ContextCounts },
): void {
  inference.service = reader.processText(FIELD.service);
  inference.environment = reader.processText(FIELD.environment);
  inference.team = reader.sharedText(FIELD.team);
  inference.route = reader.sharedText(FIELD.route);
  inference.dataSource = reader.sharedText(FIELD.dataSource);
  const errorType = reader.sharedText(FIELD.errorType);
  if (errorType !== '') {
    inference.errorType = errorType;
    inference.error = true;
  }
  let dropped = 0;
  for (const list of lists) {
    addFeatures(list, inference);
    dropped += addSegments(list, inference);
  }
  if ((reader.groups & GROUP.flag) !== 0) dropped += addVariant(reader, inference);
  // A new caller of a language model must not look like drift of the model.
  if (inference.convention !== 'ml') dropped += addSegment(inference, 'service', inference.service);
  counts.segmentsDropped += dropped;
  if (inference.time - inference.receivedAtMs > maxClockSkewMs) {
    inference.clockSkew = 1;
    counts.clockSkewed++;
  }
}

import type { Inference } from '../core/inference';
import { fillCall } from './fillCall';
import type { FieldReader } from './fieldReader';
import { FIELD } from './fields';
import { fillTokens } from './fillTokens';
import { modelTypeOf, toldModelType } from './modelTypes';
import { type Operation, PREDICT } from './operations';
import { canonicalProvider } from './providers';
import type { List } from './readField';

/** Which model was called and how: the part that differs between calls and classical predictions. */
export function fillIdentity(
  reader: FieldReader,
  operation: Operation,
  view: { readonly attributes: List },
  inference: Inference,
): void {
  const type = toldModelType(reader.sharedText(FIELD.modelType));
  inference.operation = operation.name;
  inference.model = reader.sharedText(FIELD.model);
  inference.version = reader.versionOf(inference.model);
  inference.provider = canonicalProvider(reader.sharedText(FIELD.provider));
  inference.modelType = type;
  if (operation === PREDICT) {
    inference.convention = 'ml';
    return;
  }
  inference.convention = view.attributes.shape.plan.convention;
  inference.rollup = operation.sort === 'container' ? 1 : 0;
  if (type === '') inference.modelType = modelTypeOf(operation.name);
  if (inference.model === '') inference.model = inference.version;
  else if (inference.version === '') {
    inference.version = inference.model;
    inference.versionAssumed = 1;
  }
  fillTokens(reader, view, inference);
  fillCall(reader, view, inference);
}

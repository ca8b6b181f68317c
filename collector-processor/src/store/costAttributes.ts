import type { Inference } from '../core/inference';
import type { Shape } from '../otlp/shapeTrie';
import { AddedKeys } from './native/attributeMap';

/** What OTel's cost convention (semantic-conventions-genai PR 443) and we say about what a call cost. */
const WITH_AMOUNT = new AddedKeys([
  'gen_ai.usage.cost.amount',
  'gen_ai.usage.cost.currency',
  'gen_ai.usage.cost.source',
  'plumbline.cost.status',
]);
const STATUS_ONLY = new AddedKeys(['plumbline.cost.status']);

/** The keys to add to the span of a priced call and their texts; none when nothing is to be said. */
export function costAttributes(
  inference: Inference,
  shape: Shape<unknown>,
  texts: string[],
): AddedKeys | undefined {
  const { costStatus, cost } = inference;
  if (costStatus === '') return undefined;
  texts.length = 0;
  if (!Number.isNaN(cost) && costStatus !== 'provider_reported' && WITH_AMOUNT.fits(shape)) {
    texts.push(String(cost / 1e9), inference.currency, 'local', costStatus);
    return WITH_AMOUNT;
  }
  if (!STATUS_ONLY.fits(shape)) return undefined;
  texts.push(costStatus);
  return STATUS_ONLY;
}

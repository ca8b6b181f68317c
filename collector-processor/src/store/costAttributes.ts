import type { Inference } from '../core/inference';
import type { Shape } from '../otlp/shapeTrie';
import { type Added, AddedKeys } from './native/attributeMap';

/** What OTel's cost convention (semantic-conventions-genai PR 443) and we say about what a call cost. */
export const WITH_COST = new AddedKeys([
  'gen_ai.usage.cost.amount',
  'gen_ai.usage.cost.currency',
  'gen_ai.usage.cost.source',
  'plumbline.cost.status',
]);
const STATUS_ONLY = new AddedKeys(['plumbline.cost.status']);

/** The keys that a span gets from us, for whoever reads stored spans: the status, and the cost where it is ours. */
export const COST_KEYS = {
  status: STATUS_ONLY.keys[0]!,
  amount: WITH_COST.keys.filter((key) => !STATUS_ONLY.keys.includes(key)),
} as const;

/** Says in `into` what to add to the span of a call with this cost; false when nothing is to be said. */
export function costAttributes(
  { cost, costStatus, currency }: Inference,
  shape: Shape<unknown>,
  into: Added,
): boolean {
  if (costStatus === '') return false;
  const { texts } = into;
  const known = !Number.isNaN(cost) && costStatus !== 'provider_reported';
  if (known && WITH_COST.orderWith(shape) !== null) {
    into.keys = WITH_COST;
    texts[0] = amountText(cost);
    texts[1] = currency;
    texts[2] = 'local';
    texts[3] = costStatus;
  } else {
    into.keys = STATUS_ONLY;
    texts[0] = costStatus;
  }
  return true;
}

/** Billionths as the text of the double they are, the shortest that reads back the same. */
export function amountText(nano: number): string {
  // From a millionth on that is the plain decimal, and two integers are written several times faster than a double.
  if (nano < 1000 || nano > Number.MAX_SAFE_INTEGER) return String(nano / 1e9);
  const whole = Math.floor(nano / 1e9);
  let fraction = nano - whole * 1e9;
  if (fraction === 0) return String(whole);
  let digits = 9;
  while (fraction % 10 === 0) {
    fraction /= 10;
    digits--;
  }
  return `${whole}.${String(fraction).padStart(digits, '0')}`;
}

/** For a span whose cost is not known yet. */
export const noAddition = (): Added => ({ keys: STATUS_ONLY, texts: [] });

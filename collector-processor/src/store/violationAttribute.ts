import type { Shape } from '../otlp/shapeTrie';
import { type Added, AddedKeys } from './native/attributeMap';

/** What is wrong with the predictions that a span tells: a list of `check:feature`. */
export const VIOLATIONS_KEY = 'plumbline.quality.violations';

const ALONE = new AddedKeys([VIOLATIONS_KEY]);
/** The same keys are always the same object, because a shape remembers where they belong by it. */
const behind = new Map<AddedKeys, AddedKeys>();
/** A span says no more than this; the rows have all. */
const MOST_TOLD = 64;

function withViolations(keys: AddedKeys): AddedKeys {
  let both = behind.get(keys);
  if (both === undefined) {
    both = new AddedKeys([...keys.keys, VIOLATIONS_KEY]);
    behind.set(keys, both);
  }
  return both;
}

/**
 * Says in `into` to add the violations to the span, behind what it says already if `added`; false when nothing is to be
 * said. A service that sends the attribute itself keeps its own.
 */
export function violationAttribute(
  violations: readonly string[],
  shape: Shape<unknown>,
  into: Added,
  added: boolean,
): boolean {
  if (violations.length === 0 || ALONE.orderWith(shape) === null) return added;
  const told = violations.slice(0, MOST_TOLD);
  if (told.length < violations.length) told.push('more:');
  // Keys that the service sent would keep these from being added, too.
  const hasOther = added && into.keys.orderWith(shape) !== null;
  into.keys = hasOther ? withViolations(into.keys) : ALONE;
  into.texts[into.keys.keys.length - 1] = JSON.stringify(told);
  return true;
}

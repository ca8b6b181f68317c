import { createHash, type Hash } from 'node:crypto';
import type { Attributes } from '../otlp/attributes';

/** Adds a list of attributes, in the order of their keys: senders need not keep one. */
function addAttributes(hash: Hash, list: Attributes<unknown>): void {
  const { keys, sorted } = list.shape;
  for (const at of sorted) {
    hash.update(`${JSON.stringify(keys[at])}${list.kinds[at]}${JSON.stringify(list.text(at))}`);
  }
}

/** Eight bytes that stand for the attributes and texts; equal for equal ones, whatever the order of the attributes. */
export function identityOf(
  texts: readonly string[],
  ...lists: readonly Attributes<unknown>[]
): Uint8Array {
  const hash = createHash('sha256').update(JSON.stringify(texts));
  for (const list of lists) {
    hash.update('|');
    addAttributes(hash, list);
  }
  return hash.digest().subarray(0, 8);
}

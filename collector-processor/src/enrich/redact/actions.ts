import { createHmac } from 'node:crypto';
import { NAMED_KIND } from '../../core/redaction';
import type { Detector } from './detector';

/** Hexadecimal digits of a hash that are kept: 64 bits, so that a billion values have no two alike by chance. */
const HASH_DIGITS = 16;

export interface Replacements {
  /** What stands in the place of a value that a detector found. */
  found(action: 'mask' | 'hash', detector: Detector, value: string): string;
  /** What stands in the place of an attribute's whole value. */
  named(action: 'mask' | 'hash', value: () => Buffer): string;
}

/** `hashKey` is the key of the HMAC; without it nothing may be asked to be hashed. */
export function createReplacements(hashKey: string | null): Replacements {
  const token = (kind: string, value: string | Buffer): string => {
    if (hashKey === null) throw new Error('a rule hashes, but there is no redact.hashKey');
    const hash = createHmac('sha256', hashKey).update(value).digest('hex');
    return `[${kind}:${hash.slice(0, HASH_DIGITS)}]`;
  };
  return {
    found(action, { kind, mask, canonical }, value) {
      if (action === 'mask') return mask?.(value) ?? `[${kind}]`;
      return token(kind, Buffer.from(canonical?.(value) ?? value, 'latin1'));
    },
    named: (action, value) => (action === 'mask' ? `[${NAMED_KIND}]` : token(NAMED_KIND, value())),
  };
}

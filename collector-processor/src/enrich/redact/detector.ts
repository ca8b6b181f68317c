import type { RedactKind } from '../../core/redaction';

/** The text that a match was found in, and the key it stands under. */
export interface Surroundings {
  /** One character for each byte: an index is an offset. */
  readonly text: string;
  /** The attribute's key as words, in lower case: `user phone` for `userPhone` or `user.phone`. */
  readonly keyWords: string;
}

export interface Detector {
  readonly kind: RedactKind;
  /** A `TRAIT` without which it cannot hit. */
  readonly trait: number;
  /** Global. Where a capturing group `value` takes part in the match, only that is what was found. */
  readonly pattern: RegExp;
  /**
   * Looks closer at a match and returns where it really ends; -1 when it is none. Checksums, ranges and words around it.
   */
  readonly endOf: (match: string, at: number, around: Surroundings) => number;
  /** The form that all spellings of a value share, so that they hash alike; as found when absent. */
  readonly canonical?: (found: string) => string;
  /** What stands in its place when masked; `[kind]` when absent. */
  readonly mask?: (found: string) => string;
}

/** `endOf` of a detector whose pattern says where the value ends. */
export const whole =
  (valid: (match: string, at: number, around: Surroundings) => boolean) =>
  (match: string, at: number, around: Surroundings): number =>
    valid(match, at, around) ? at + match.length : -1;

export const digitsOf = (text: string): string => text.replace(/\D/g, '');

import { hasAddress, hasCode, hasLongWord, hasNumber, hasTokenHead } from './closerLook';

/**
 * What a quick look over the bytes of a text tells: each detector needs one of these, so that most texts meet no
 * detector at all. A trait may be there for nothing, but never be missing where a detector could hit.
 */
export const TRAIT = {
  /** An `@`. */
  at: 1,
  /** Eight digits in one or several groups, none of them part of a word. */
  number: 2,
  /** A group of digits next to upper-case letters. */
  code: 4,
  /** Four numbers with dots between them, or several colons. */
  address: 8,
  /** The beginning of a key or token. */
  token: 16,
  /** Forty characters of base 64 in a row. */
  longWord: 32,
} as const;

/** `a@b.co` */
const SHORTEST = 6;
const LEAST_DIGITS = 8;
const LEAST_CODE_DIGITS = 5;
const LEAST_ADDRESS_DIGITS = 4;
const LEAST_TOKEN = 16;
const LEAST_LONG_WORD = 40;

// What a character makes worth a closer look; the lowest bit counts digits.
const DIGIT = 1;
const AT = 2;
const DOT = 4;
const COLON = 8;
const UPPER = 16;
/** Characters of which every beginning of a token has one: `-` and `_` in most, `J` in JWTs, `A` in AWS's and Google's. */
const TOKEN = 32;

const CLASS = new Uint8Array(256);
for (let byte = 0; byte < 128; byte++) {
  const character = String.fromCharCode(byte);
  if (/[0-9]/.test(character)) CLASS[byte]! |= DIGIT;
  if (/[A-Z]/.test(character)) CLASS[byte]! |= UPPER;
  if (/[-_JA ]/.test(character)) CLASS[byte]! |= TOKEN;
}
CLASS[0x40] = AT | TOKEN;
CLASS[0x2e] = DOT | TOKEN;
CLASS[0x3a] = COLON;

/** The traits of the text in [start, end). */
export function traitsOf(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  if (length < SHORTEST) return 0;
  let seen = 0;
  let digits = 0;
  for (let at = start; at < end; at++) {
    const bits = CLASS[bytes[at]!]!;
    seen |= bits;
    digits += bits & DIGIT;
  }
  let traits = 0;
  if ((seen & AT) !== 0) traits |= TRAIT.at;
  if (digits >= LEAST_DIGITS && hasNumber(bytes, start, end)) traits |= TRAIT.number;
  if ((seen & UPPER) !== 0) {
    if (digits >= LEAST_CODE_DIGITS && hasCode(bytes, start, end)) traits |= TRAIT.code;
    if (length >= LEAST_LONG_WORD && hasLongWord(bytes, start, end)) traits |= TRAIT.longWord;
  }
  if (digits >= LEAST_ADDRESS_DIGITS && (seen & (DOT | COLON)) !== 0) {
    if (hasAddress(bytes, start, end)) traits |= TRAIT.address;
  }
  if (length >= LEAST_TOKEN && (seen & TOKEN) !== 0 && hasTokenHead(bytes, start, end)) {
    traits |= TRAIT.token;
  }
  return traits;
}

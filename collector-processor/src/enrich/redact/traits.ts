import {
  hasAccount,
  hasAddress,
  hasCode,
  hasLongWord,
  hasNumber,
  hasTokenHead,
} from './closerLook';

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
  /** Eight digits, and a word that begins with two letters and two digits. */
  account: 64,
} as const;

/** `a@b.co` */
export const SHORTEST = 6;
const LEAST_DIGITS = 8;
const LEAST_CODE_DIGITS = 5;
const LEAST_ADDRESS_DIGITS = 4;
const LEAST_TOKEN = 16;
const LEAST_LONG_WORD = 40;

// What a character makes worth a closer look; the two lowest bits count digits.
const DIGITS = 3;
const AT = 4;
const DOT = 8;
const COLON = 16;
const UPPER = 32;
/** Characters of which every beginning of a token has one: `-` and `_` in most, `J` in JWTs, `A` in AWS's and Google's. */
const TOKEN = 64;
/** What no word of letters, digits and `_` has. */
const BREAK = 128;
/** Four characters of no class. */
const BLANK = 0x61616161;

function classOf(byte: number): number {
  const character = String.fromCharCode(byte);
  if (/[0-9]/.test(character)) return 1;
  return (
    (character === '@' ? AT : 0) |
    (character === '.' ? DOT : 0) |
    (character === ':' ? COLON : 0) |
    (/[A-Z]/.test(character) ? UPPER : 0) |
    (/[-_JA @.]/.test(character) ? TOKEN : 0) |
    (/[A-Za-z_]/.test(character) ? 0 : BREAK)
  );
}

/**
 * What is in two bytes, by the number that they are together: looking at bytes one by one would cost three times as
 * much. Of the table only the lines of pairs that texts are made of ever come into the processor's caches.
 */
const PAIRS = new Uint8Array(1 << 16);
const CLASSES = Array.from({ length: 256 }, (_, byte) => classOf(byte));
for (const [second, b] of CLASSES.entries()) {
  for (const [first, a] of CLASSES.entries()) {
    PAIRS[(second << 8) | first] = ((a | b) & ~DIGITS) | ((a & DIGITS) + (b & DIGITS));
  }
}

/** What the flat pass over a text found: classes in the low byte, the number of digits above. */
export function looksOf(view: DataView, start: number, end: number): number {
  let seen = 0;
  let digits = 0;
  const last = end - 4;
  let at = start;
  for (; at <= last; at += 4) {
    const four = view.getInt32(at, true);
    const low = PAIRS[four & 0xffff]!;
    const high = PAIRS[four >>> 16]!;
    seen |= low | high;
    digits += (low & DIGITS) + (high & DIGITS);
  }
  if (at < end) {
    // The bytes behind the last four: those that were looked at already give way to blanks.
    const shift = 8 * (at - last);
    const rest = (view.getInt32(last, true) >>> shift) | (BLANK << (32 - shift));
    const low = PAIRS[rest & 0xffff]!;
    const high = PAIRS[rest >>> 16]!;
    seen |= low | high;
    digits += (low & DIGITS) + (high & DIGITS);
  }
  return (digits << 8) | (seen & ~DIGITS);
}

/** The traits that a text may have by its looks and its length; what is not among them needs no closer look. */
export function possibleTraits(looks: number, length: number): number {
  const digits = looks >>> 8;
  let traits = (looks & AT) !== 0 ? TRAIT.at : 0;
  if (digits >= LEAST_ADDRESS_DIGITS) {
    // A single word with a letter in it, as most ids are, is no number.
    if (digits >= LEAST_DIGITS && ((looks & BREAK) !== 0 || digits === length)) {
      traits |= TRAIT.number;
    }
    if (digits >= LEAST_DIGITS) traits |= TRAIT.account;
    if (digits >= LEAST_CODE_DIGITS && (looks & UPPER) !== 0) traits |= TRAIT.code;
    if ((looks & (DOT | COLON)) !== 0) traits |= TRAIT.address;
  }
  if (length >= LEAST_TOKEN) {
    if ((looks & TOKEN) !== 0) traits |= TRAIT.token;
    if (length >= LEAST_LONG_WORD && (looks & UPPER) !== 0) traits |= TRAIT.longWord;
  }
  return traits;
}

/** Those of the `possible` traits that a text really has. */
export function closerTraits(
  bytes: Uint8Array,
  start: number,
  end: number,
  possible: number,
): number {
  let traits = possible & TRAIT.at;
  if ((possible & TRAIT.number) !== 0 && hasNumber(bytes, start, end)) traits |= TRAIT.number;
  if ((possible & TRAIT.code) !== 0 && hasCode(bytes, start, end)) traits |= TRAIT.code;
  if ((possible & TRAIT.account) !== 0 && hasAccount(bytes, start, end)) traits |= TRAIT.account;
  if ((possible & TRAIT.address) !== 0 && hasAddress(bytes, start, end)) traits |= TRAIT.address;
  if ((possible & TRAIT.token) !== 0 && hasTokenHead(bytes, start, end)) traits |= TRAIT.token;
  if ((possible & TRAIT.longWord) !== 0 && hasLongWord(bytes, start, end)) {
    traits |= TRAIT.longWord;
  }
  return traits;
}

/** All traits of a text. */
export function traitsOf(text: Buffer): number {
  if (text.length < SHORTEST) return 0;
  const view = new DataView(text.buffer, text.byteOffset, text.length);
  const possible = possibleTraits(looksOf(view, 0, text.length), text.length);
  return closerTraits(text, 0, text.length, possible);
}

/** The traits of a whole number in decimal. */
export const traitsOfNumber = (digits: string): number =>
  digits.length >= LEAST_DIGITS ? TRAIT.number : 0;

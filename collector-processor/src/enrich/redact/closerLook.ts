/** Closer looks at the bytes of a text that has the right characters for something. They may err on one side only: yes. */

const OTHER = 0;
const DIGIT = 1;
const LOWER = 2;
const UPPER = 3;
/** Stands between the groups of a number. */
const SEPARATOR = 4;
const DASH = 5;
const BASE64 = 6;

const KIND = new Uint8Array(256);
for (let byte = 0; byte < 128; byte++) {
  const character = String.fromCharCode(byte);
  if (/[0-9]/.test(character)) KIND[byte] = DIGIT;
  else if (/[a-z_]/.test(character)) KIND[byte] = LOWER;
  else if (/[A-Z]/.test(character)) KIND[byte] = UPPER;
  else if (/[ .()+]/.test(character)) KIND[byte] = SEPARATOR;
}
KIND[0x2d] = DASH;
KIND[0x2f] = BASE64;

const NUMBER_DIGITS = 8;

/** Whether eight digits stand in groups with separators or dashes between them; a group with a letter in it is none. */
export function hasNumber(bytes: Uint8Array, start: number, end: number): boolean {
  let count = 0;
  let at = start;
  while (at < end) {
    const kind = KIND[bytes[at]!]!;
    if (kind === OTHER) count = 0;
    if (kind === OTHER || kind >= SEPARATOR) {
      at++;
      continue;
    }
    const afterQuad = kind === DIGIT ? endOfQuad(bytes, at, end) : -1;
    if (afterQuad >= 0) {
      at = afterQuad;
      count = 0;
      continue;
    }
    // A part of a word, up to a dash: what stands behind a number with a dash is not part of it.
    let digits = 0;
    let letters = 0;
    for (; at < end; at++) {
      const inner = KIND[bytes[at]!]!;
      if (inner === DIGIT) digits++;
      else if (inner === LOWER || inner === UPPER) letters++;
      else break;
    }
    count = letters > 0 ? 0 : count + digits;
    if (count >= NUMBER_DIGITS) return true;
  }
  return false;
}

/** Where four numbers below 256 with dots between them end, the commonest of numbers with separators; -1: they are none. */
function endOfQuad(bytes: Uint8Array, start: number, end: number): number {
  let dots = 0;
  let value = 0;
  let at = start;
  for (; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === 0x2e) {
      dots++;
      value = 0;
    } else if (KIND[byte] === DIGIT) {
      value = value * 10 + byte - 48;
      if (value > 255) return -1;
    } else if (KIND[byte] === DASH) return -1;
    else break;
  }
  return dots === 3 ? at : -1;
}

/** Whether two capitals stand before a digit, or seven digits before a capital that ends its word. */
export function hasCode(bytes: Uint8Array, start: number, end: number): boolean {
  let digits = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    const kind = KIND[byte]!;
    if (kind === DIGIT) digits++;
    else if (kind === UPPER) {
      const next = KIND[bytes[at + 1]!]!;
      if (digits >= 7 && next !== DIGIT && next !== LOWER && next !== UPPER) return true;
      digits = 0;
      if (at === start || KIND[bytes[at - 1]!] !== UPPER) continue;
      // The letters of a codice fiscale stand for digits too: capitals alone are looked at when there are six.
      if (next === DIGIT || (bytes[at + 1] === 0x20 && KIND[bytes[at + 2]!] === DIGIT)) return true;
      if (at - start >= 5 && isUpper(bytes, at - 5, at)) return true;
    } else if (kind !== DASH) digits = 0;
  }
  return false;
}

const SHORTEST_ACCOUNT = 15;

/** Whether a word begins with two letters and two digits, with enough behind it for an account. */
export function hasAccount(bytes: Uint8Array, start: number, end: number): boolean {
  const last = end - SHORTEST_ACCOUNT;
  let at = start;
  while (at <= last) {
    const kind = KIND[bytes[at]!]!;
    if (
      kind >= LOWER &&
      kind <= UPPER &&
      KIND[bytes[at + 2]!] === DIGIT &&
      KIND[bytes[at + 3]!] === DIGIT &&
      KIND[bytes[at + 1]!]! >= LOWER
    ) {
      return true;
    }
    // To the beginning of the next word.
    for (; at <= last; at++) {
      const inner = KIND[bytes[at]!]!;
      if (inner < DIGIT || inner > UPPER) break;
    }
    at++;
  }
  return false;
}

function isUpper(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (KIND[bytes[at]!] !== UPPER) return false;
  return true;
}

const LONG_WORD = 40;

/** Whether forty characters of base 64 stand in a row: of each forty bytes one is looked at while there are none. */
export function hasLongWord(bytes: Uint8Array, start: number, end: number): boolean {
  let from = start;
  while (from + LONG_WORD <= end) {
    let at = from + LONG_WORD - 1;
    while (at >= from && isBase64(bytes[at]!)) at--;
    if (at < from) return true;
    from = at + 1;
  }
  return false;
}

const isBase64 = (byte: number): boolean => {
  const kind = KIND[byte]!;
  return (kind >= DIGIT && kind <= UPPER) || kind === BASE64 || byte === 0x2b;
};

/** Whether four numbers stand with dots between them that are no common private address, or two colons. */
export function hasAddress(bytes: Uint8Array, start: number, end: number): boolean {
  let colons = 0;
  let at = start;
  while (at < end) {
    const byte = bytes[at]!;
    if (byte === 0x3a && ++colons === 2) return true;
    if (KIND[byte] !== DIGIT) {
      at++;
      continue;
    }
    let dots = 0;
    let first = 0;
    for (; at < end; at++) {
      const inner = bytes[at]!;
      if (inner === 0x2e) dots++;
      else if (KIND[inner] !== DIGIT) break;
      else if (dots === 0) first = first * 10 + inner - 48;
    }
    if (dots >= 3 && first !== 10 && first !== 127 && first !== 0 && first < 224) return true;
  }
  return false;
}

/** Whether a fixed beginning of a key or token may stand in a text: it is known by its last characters. */
export function hasTokenHead(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    switch (bytes[at]) {
      case 0x2d: // -
        if (endsDashed(bytes, start, at)) return true;
        break;
      case 0x5f: // _
        if (endsUnderscored(bytes, start, at)) return true;
        break;
      case 0x4a: // eyJ
        if (bytes[at - 1] === 0x79 && bytes[at - 2] === 0x65) return true;
        break;
      case 0x41: // AKIA, ASIA, AIza
        if (bytes[at + 1] === 0x4b || bytes[at + 1] === 0x53 || bytes[at + 1] === 0x49) return true;
        break;
      case 0x2e: // ya29., hooks.slack.com
        if (bytes[at - 1] === 0x39 && bytes[at - 2] === 0x32) return true;
        if (bytes[at - 1] === 0x73 && bytes[at - 2] === 0x6b) return true;
        break;
      case 0x20: // Bearer, in any case
        if ((bytes[at - 1]! | 32) === 0x72 && endsBearer(bytes, at)) return true;
        break;
      case 0x40: // user:password@
        return true;
      default:
    }
  }
  return false;
}

/** `bearer` by its last letters, of which `r` was seen. */
const endsBearer = (bytes: Uint8Array, end: number): boolean =>
  (bytes[end - 2]! | 32) === 0x65 &&
  (bytes[end - 3]! | 32) === 0x72 &&
  (bytes[end - 4]! | 32) === 0x61;

/** `sk-`, `xox?-`, `gl…-`, `GOCSPX-`, `-----BEGIN`. */
function endsDashed(bytes: Uint8Array, start: number, dash: number): boolean {
  const before = bytes[dash - 1];
  if (before === 0x6b && bytes[dash - 2] === 0x73) return true;
  if (before === 0x58 || (before === 0x2d && bytes[dash - 2] === 0x2d)) return true;
  if (dash - 4 >= start && bytes[dash - 4] === 0x78 && bytes[dash - 3] === 0x6f) return true;
  for (let at = Math.max(start, dash - 8); at < dash - 1; at++) {
    if (bytes[at] === 0x67 && bytes[at + 1] === 0x6c) return true;
  }
  return false;
}

/** `gh?_`, `github_`, `sk_` and `rk_`, `whsec_`. */
function endsUnderscored(bytes: Uint8Array, start: number, underscore: number): boolean {
  const before = bytes[underscore - 1];
  const second = bytes[underscore - 2];
  if (underscore - 3 >= start && second === 0x68 && bytes[underscore - 3] === 0x67) return true;
  if (before === 0x6b) return second === 0x73 || second === 0x72;
  if (before === 0x63) return second === 0x65;
  return before === 0x62 && second === 0x75;
}

import { DecodeError, messageOf } from '../../core/errors';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;

/** Integers of up to this many digits are exact as a double. */
const EXACT_DIGITS = 15;

const isDigit = (code: number): boolean => code >= ZERO && code <= NINE;

/** Position behind the string that starts at `at`; the end of the text when it is not closed. */
function endOfString(text: string, at: number): number {
  for (let quote = text.indexOf('"', at + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return text.length;
}

/** Position behind the number that starts at `at`. */
function endOfNumber(text: string, at: number): number {
  let end = at + 1;
  for (;;) {
    const code = text.charCodeAt(end);
    // What may follow in a number: digits, '.', '+', '-', 'e', 'E'.
    if (
      !isDigit(code) &&
      code !== 0x2e &&
      code !== 0x2b &&
      code !== MINUS &&
      (code | 32) !== 0x65
    ) {
      return end;
    }
    end++;
  }
}

const LONG_INTEGER = new RegExp(`^-?[1-9]\\d{${EXACT_DIGITS},}$`);

/**
 * `JSON.parse` that keeps 64-bit integers exact and bounds the nesting.
 *
 * `JSON.parse` turns 1700000000000000001 into a double and so loses its last digits; Node 20 has no reviver that sees
 * the source text. A parser of our own would be exact too, but slower and more to maintain than the engine's. So one
 * quick pass, which skips strings with `indexOf`, puts quotes around integers of 16 digits or more: the JSON mapping of
 * protobuf takes a decimal string wherever it takes a 64-bit integer or a double. The same pass counts brackets, before
 * a hostile depth costs memory.
 *
 * @throws DecodeError when the text is not JSON or nested deeper than `maxDepth`
 */
export function parseExactJson(text: string, maxDepth: number): unknown {
  let exact = '';
  let copied = 0;
  let depth = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
    } else if (isDigit(code) || code === MINUS) {
      const end = endOfNumber(text, at);
      if (end - at > EXACT_DIGITS && LONG_INTEGER.test(text.slice(at, end))) {
        exact += `${text.slice(copied, at)}"${text.slice(at, end)}"`;
        copied = end;
      }
      at = end;
    } else {
      if (code === 0x7b || code === 0x5b) depth++;
      else if (code === 0x7d || code === 0x5d) depth--;
      if (depth > maxDepth) throw new DecodeError(`JSON is nested deeper than ${maxDepth}`, at);
      at++;
    }
  }
  try {
    return JSON.parse(copied === 0 ? text : exact + text.slice(copied));
  } catch (error) {
    throw new DecodeError(`not JSON: ${messageOf(error)}`);
  }
}

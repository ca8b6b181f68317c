import { doubleText } from '../../otlp/anyValue';
import type { ByteBuffer } from './byteBuffer';

/** Powers of ten that a double holds exactly. */
const POW10 = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
const BILLION = 1e9;
/** Veltkamp's constant for splitting a double into two halves whose products are exact. */
const SPLITTER = 2 ** 27 + 1;
/** Closer than this to a tie, the engine's own conversion decides. */
const MARGIN = 1e-6;

const bits = new Float64Array(1);
const words = new Uint32Array(bits.buffer);
const digits = new Uint8Array(17);

/**
 * A double as a String value: the shortest decimal that reads back the same, as `String(value)` gives it, at a third of
 * its cost, because features are doubles and no string is made. `writeDouble.test.ts` compares the two.
 *
 * For |value| in [1e-5, 1e15), where the notation is plain and the powers of ten are exact:
 * - at 15 digits no two decimals share a double, so `n / 10^k === value`, both exact, settles it;
 * - else `value * 10^k` is formed exactly at 17 digits as `high + low` (Dekker 1971, "A floating-point technique for
 *   extending the available precision") and the nearest 16 digits are taken if they lie within half a unit in the last
 *   place, otherwise the nearest 17, which always do.
 */
export function writeDouble(to: ByteBuffer, value: number): void {
  const size = Math.abs(value);
  if (!(size >= 1e-5 && size < 1e15 && tryShort(to, value, size))) to.string(doubleText(value));
}

function tryShort(to: ByteBuffer, value: number, size: number): boolean {
  const exponent = decimalExponent(size);
  const scale = POW10[14 - exponent]!;
  const short = Math.round(size * scale);
  if (short / scale === size && short < 1e15) {
    const top = Math.floor(short / 1e7);
    // Fifteen digits are eight and seven; two zeros make them eight and nine like the long ones.
    emit(to, value, exponent, top, (short - top * 1e7) * 100);
    return true;
  }
  return tryLong(to, value, size, exponent);
}

/** The whole number e with 10^e <= size < 10^(e+1); one off at worst, which costs a digit and so the fast way. */
function decimalExponent(size: number): number {
  let exponent = Math.floor(Math.log10(size));
  if (exponent >= 0) {
    if (POW10[exponent]! > size) exponent--;
    else if (POW10[exponent + 1]! <= size) exponent++;
  }
  return exponent;
}

function tryLong(to: ByteBuffer, value: number, size: number, exponent: number): boolean {
  const scale = POW10[16 - exponent]!;
  const high = size * scale;
  const low = productError(size, scale, high);
  let top = Math.floor(high / BILLION);
  const rest = high - top * BILLION + low;
  const half = halfUnit(size) * scale;
  const sixteen = Math.round(rest / 10) * 10;
  const away = Math.abs(sixteen - rest);
  let lowDigits: number;
  if (Math.abs(away - half) < MARGIN || Math.abs(away - 5) < MARGIN) return false;
  if (away < half) lowDigits = sixteen;
  else {
    lowDigits = Math.round(rest);
    if (Math.abs(Math.abs(lowDigits - rest) - 0.5) < MARGIN) return false;
  }
  if (lowDigits >= BILLION) {
    lowDigits -= BILLION;
    top++;
  } else if (lowDigits < 0) {
    lowDigits += BILLION;
    top--;
  }
  if (top < 1e7 || top >= 1e8) return false;
  emit(to, value, exponent, top, lowDigits);
  return true;
}

/** What rounding took from `product`, exactly. */
function productError(a: number, b: number, product: number): number {
  const splitA = SPLITTER * a;
  const highA = splitA - (splitA - a);
  const lowA = a - highA;
  const splitB = SPLITTER * b;
  const highB = splitB - (splitB - b);
  const lowB = b - highB;
  return highA * highB - product + highA * lowB + lowA * highB + lowA * lowB;
}

/** Half the distance to the next double; NaN for a power of two, whose lower neighbour is nearer. */
function halfUnit(size: number): number {
  bits[0] = size;
  if (words[0] === 0 && (words[1]! & 0xfffff) === 0) return NaN;
  const exponent = words[1]! >>> 20;
  words[0] = 0;
  words[1] = (exponent - 53) << 20;
  return bits[0];
}

/** Writes 17 digits, eight in `top` and nine in `rest`, without trailing zeros and with the point where it belongs. */
function emit(to: ByteBuffer, value: number, exponent: number, top: number, rest: number): void {
  let count = 17;
  while (count > 8 && rest % 10 === 0) {
    rest = (rest / 10) | 0;
    count--;
  }
  for (let at = count - 1; at >= 8; at--) {
    const next = (rest / 10) | 0;
    digits[at] = 48 + rest - next * 10;
    rest = next;
  }
  for (let at = 7; at >= 0; at--) {
    const next = (top / 10) | 0;
    digits[at] = 48 + top - next * 10;
    top = next;
  }
  while (count > 1 && digits[count - 1] === 48) count--;
  place(to, value < 0, exponent, count);
}

function place(to: ByteBuffer, negative: boolean, exponent: number, count: number): void {
  to.reserve(32);
  const { bytes } = to;
  const start = to.length + 1;
  let at = start;
  if (negative) bytes[at++] = 45;
  if (exponent < 0) {
    bytes[at++] = 48;
    bytes[at++] = 46;
    for (let zero = exponent; zero < -1; zero++) bytes[at++] = 48;
    for (let digit = 0; digit < count; digit++) bytes[at++] = digits[digit]!;
  } else {
    for (let digit = 0; digit < count || digit <= exponent; digit++) {
      if (digit === exponent + 1) bytes[at++] = 46;
      bytes[at++] = digit < count ? digits[digit]! : 48;
    }
  }
  bytes[start - 1] = at - start;
  to.length = at;
}

import { doubleText } from '../../otlp/anyValue';
import type { ByteBuffer } from './byteBuffer';

/** Powers of ten that a double holds exactly. */
const POW10 = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
const SMALLEST_EXPONENT = -6;
/** 10^e at position e - SMALLEST_EXPONENT; the nearest double where the power is a fraction. */
const LIMITS = Float64Array.from({ length: 23 }, (_, at) => Number(`1e${at + SMALLEST_EXPONENT}`));
const BILLION = 1e9;
/** Veltkamp's constant for splitting a double into two halves whose products are exact. */
const SPLITTER = 2 ** 27 + 1;
/** Closer than this to a tie, the engine's own conversion decides. */
const MARGIN = 1e-6;
/** The digits of 0 to 99 as one little-endian 16-bit number each. */
const PAIRS = Uint16Array.from(
  { length: 100 },
  (_, pair) => (48 + ((pair / 10) | 0)) | ((48 + (pair % 10)) << 8),
);

const bits = new Float64Array(1);
const words = new Int32Array(bits.buffer);

/**
 * A double as a String value: the shortest decimal that reads back the same, as `String(value)` gives it, at a fraction
 * of its cost, because features are doubles and no string is made. `writeDouble.test.ts` compares the two.
 *
 * For |value| in [1e-5, 1e15), where the notation is plain and the powers of ten are exact:
 * - at 15 digits no two decimals share a double, so `n / 10^k === value`, both exact, settles it;
 * - else `value * 10^k` is formed exactly at 17 digits as `high + low` (Dekker 1971, "A floating-point technique for
 *   extending the available precision") and the nearest 16 digits are taken if they lie within half a unit in the last
 *   place, otherwise the nearest 17, which always do.
 *
 * One function, because a double that is handed on to another is allocated.
 */
export function writeDouble(to: ByteBuffer, value: number): void {
  const size = Math.abs(value);
  if (!(size >= 1e-5 && size < 1e15)) {
    to.string(doubleText(value));
    return;
  }
  bits[0] = size;
  const upper = words[1]!;
  // 1233 / 4096 is log10(2) closely enough to be one too low at worst.
  let exponent = (((upper >>> 20) - 1023) * 1233) >> 12;
  if (size >= LIMITS[exponent + 1 - SMALLEST_EXPONENT]!) exponent++;
  const scale = POW10[14 - exponent]!;
  const short = Math.round(size * scale);
  if (short / scale === size && short < 1e15) {
    const top = Math.floor(short / 1e7);
    // Fifteen digits are eight and seven; two zeros make them eight and nine like the long ones.
    emit(to, value < 0, exponent, top | 0, ((short - top * 1e7) * 100) | 0);
    return;
  }
  const longScale = POW10[16 - exponent]!;
  const high = size * longScale;
  const splitSize = SPLITTER * size;
  const sizeHigh = splitSize - (splitSize - size);
  const sizeLow = size - sizeHigh;
  const splitScale = SPLITTER * longScale;
  const scaleHigh = splitScale - (splitScale - longScale);
  const scaleLow = longScale - scaleHigh;
  // What rounding took from the product, exactly.
  const low =
    sizeHigh * scaleHigh - high + sizeHigh * scaleLow + sizeLow * scaleHigh + sizeLow * scaleLow;
  const top = Math.floor(high / BILLION);
  const rest = high - top * BILLION + low;
  // Half the distance to the next double; a power of two has its lower neighbour nearer.
  const isPowerOfTwo = words[0] === 0 && (upper & 0xfffff) === 0;
  words[0] = 0;
  words[1] = ((upper >>> 20) - 53) << 20;
  const half = bits[0] * longScale;
  const sixteen = Math.round(rest / 10) * 10;
  const away = Math.abs(sixteen - rest);
  const seventeen = Math.round(rest);
  const isTie =
    Math.abs(away - half) < MARGIN ||
    Math.abs(away - 5) < MARGIN ||
    (away >= half && Math.abs(Math.abs(seventeen - rest) - 0.5) < MARGIN);
  const chosen = away < half ? sixteen : seventeen;
  const carry = chosen >= BILLION ? 1 : chosen < 0 ? -1 : 0;
  const digits = top + carry;
  if (isPowerOfTwo || isTie || digits < 1e7 || digits >= 1e8) to.string(doubleText(value));
  else emit(to, value < 0, exponent, digits | 0, (chosen - carry * BILLION) | 0);
}

/** Writes 17 digits, eight in `top` and nine in `rest`, without trailing zeros and with the point where it belongs. */
function emit(
  to: ByteBuffer,
  negative: boolean,
  exponent: number,
  top: number,
  rest: number,
): void {
  to.reserve(40);
  const { bytes, view } = to;
  const start = to.length + 1;
  let at = start;
  if (negative) bytes[at++] = 45;
  const count = significant(top, rest);
  let end: number;
  if (exponent < 0) {
    // `0.000`, of which the digits leave as many zeros as they must.
    view.setInt32(at, 0x30302e30, true);
    view.setInt32(at + 4, 0x30303030, true);
    at += 1 - exponent;
    putDigits(view, at, top, rest);
    end = at + count;
  } else {
    putDigits(view, at + 1, top, rest);
    for (let digit = 0; digit <= exponent; digit++, at++) bytes[at] = bytes[at + 1]!;
    end = at;
    if (count > exponent + 1) {
      bytes[at] = 46;
      end = at + count - exponent;
    }
  }
  bytes[start - 1] = end - start;
  to.length = end;
}

/** How many of the 17 digits there are up to the last that is not zero. */
function significant(top: number, rest: number): number {
  let count = rest === 0 ? 8 : 17;
  let digits = rest === 0 ? top : rest;
  for (let next = (digits / 10) | 0; next * 10 === digits && count > 1; next = (digits / 10) | 0) {
    digits = next;
    count--;
  }
  return count;
}

function putDigits(view: DataView, at: number, top: number, rest: number): void {
  const first = (rest / 100_000_000) | 0;
  putEight(view, at, top);
  view.setUint8(at + 8, 48 + first);
  putEight(view, at + 9, rest - first * 100_000_000);
}

function putEight(view: DataView, at: number, value: number): void {
  const upper = (value / 10_000) | 0;
  const lower = value - upper * 10_000;
  const first = (upper / 100) | 0;
  const third = (lower / 100) | 0;
  view.setInt32(at, PAIRS[first]! | (PAIRS[upper - first * 100]! << 16), true);
  view.setInt32(at + 4, PAIRS[third]! | (PAIRS[lower - third * 100]! << 16), true);
}

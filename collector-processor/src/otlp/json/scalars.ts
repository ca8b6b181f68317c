import type { Scalar } from './schema';

const INTEGER = /^-?\d{1,20}$/;
const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;
const HEX = /^[0-9a-fA-F]*$/;

/** The integer that a JSON number or decimal string tells, exactly; undefined when it tells none. */
function integerOf(value: unknown): bigint | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined;
  return typeof value === 'string' && INTEGER.test(value) ? BigInt(value) : undefined;
}

/** A literal beyond the range of doubles is refused, not stored as infinity. */
function doubleOf(value: unknown): number | undefined {
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value);
  const isNumber = typeof value === 'number' || (typeof value === 'string' && NUMBER.test(value));
  return isNumber && Number.isFinite(Number(value)) ? Number(value) : undefined;
}

export const text: Scalar = {
  wire: 2,
  write(writer, value) {
    if (typeof value !== 'string') return 'a string';
    writer.text(value);
    return undefined;
  },
};

/** Bytes in base64, with either alphabet and with or without padding, as proto3 JSON wants. */
export const base64: Scalar = {
  wire: 2,
  write(writer, value) {
    if (typeof value !== 'string' || !BASE64.test(value)) return 'base64';
    writer.bytes(Buffer.from(value, 'base64'));
    return undefined;
  },
};

/** A trace or span id: hexadecimal in OTLP/JSON, unlike all other bytes; empty means absent. */
export const hexId = (bytes: number): Scalar => ({
  wire: 2,
  write(writer, value) {
    const fits =
      typeof value === 'string' &&
      (value.length === 2 * bytes || value.length === 0) &&
      HEX.test(value);
    if (!fits) return `${2 * bytes} hexadecimal digits`;
    writer.bytes(Buffer.from(value, 'hex'));
    return undefined;
  },
});

export const bool: Scalar = {
  wire: 0,
  write(writer, value) {
    if (typeof value !== 'boolean') return 'true or false';
    writer.uint32(value ? 1 : 0);
    return undefined;
  },
};

export const int64: Scalar = {
  wire: 0,
  write(writer, value) {
    const integer = integerOf(value);
    if (integer === undefined || BigInt.asIntN(64, integer) !== integer) {
      return 'a signed 64-bit integer';
    }
    writer.int64(integer);
    return undefined;
  },
};

const unsigned64 = (wire: 0 | 1): Scalar => ({
  wire,
  write(writer, value) {
    const integer = integerOf(value);
    if (integer === undefined || BigInt.asUintN(64, integer) !== integer) {
      return 'an unsigned 64-bit integer';
    }
    if (wire === 0) writer.int64(integer);
    else writer.fixed64(integer);
    return undefined;
  },
});
export const uint64 = unsigned64(0);
export const fixed64 = unsigned64(1);

export const sfixed64: Scalar = {
  wire: 1,
  write(writer, value) {
    const integer = integerOf(value);
    if (integer === undefined || BigInt.asIntN(64, integer) !== integer) {
      return 'a signed 64-bit integer';
    }
    writer.fixed64(BigInt.asUintN(64, integer));
    return undefined;
  },
};

/** Signed, in the encoding that keeps small negative numbers short. */
export const sint32: Scalar = {
  wire: 0,
  write(writer, value) {
    const integer = integerOf(value);
    if (integer === undefined || BigInt.asIntN(32, integer) !== integer) {
      return 'a signed 32-bit integer';
    }
    const number = Number(integer);
    writer.uint32((number << 1) ^ (number >> 31));
    return undefined;
  },
};

const unsigned32 = (wire: 0 | 5): Scalar => ({
  wire,
  write(writer, value) {
    const integer = integerOf(value);
    if (integer === undefined || BigInt.asUintN(32, integer) !== integer) {
      return 'an unsigned 32-bit integer';
    }
    if (wire === 0) writer.uint32(Number(integer));
    else writer.fixed32(Number(integer));
    return undefined;
  },
});
export const uint32 = unsigned32(0);
export const fixed32 = unsigned32(5);

export const double: Scalar = {
  wire: 1,
  write(writer, value) {
    const number = doubleOf(value);
    if (number === undefined) return 'a number that a double can hold';
    writer.double(number);
    return undefined;
  },
};

/**
 * An enum. OTLP/JSON allows only numbers; proto3 JSON also names, which hand-written requests use. Numbers without a
 * name are kept, as protobuf does.
 */
export const enumOf = (names: readonly string[]): Scalar => ({
  wire: 0,
  write(writer, value) {
    const known = typeof value === 'string' ? names.indexOf(value) : -1;
    const integer = known < 0 ? integerOf(value) : BigInt(known);
    if (integer === undefined || BigInt.asIntN(32, integer) !== integer) {
      return `an integer or one of ${names.join(', ')}`;
    }
    writer.int64(integer);
    return undefined;
  },
});

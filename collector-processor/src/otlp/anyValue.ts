import { DecodeError, LimitError } from '../core/errors';
import { VALUE_KIND, VALUE_TAG, type ValueKind } from './valueKind';
import type { WireReader } from './wire';

/** Where the value of an `AnyValue` stands: its kind and its bytes without tag and length. */
export interface ValueSpan {
  kind: ValueKind;
  start: number;
  end: number;
}

/**
 * Reads an `AnyValue` in [reader.position, end). As protobuf wants it, the last case of the oneof wins and unknown
 * fields are skipped.
 */
export function readAnyValue(reader: WireReader, end: number, into: ValueSpan): void {
  into.kind = VALUE_KIND.empty;
  while (reader.position < end) {
    const tag = reader.uint32();
    const at = reader.position;
    switch (tag) {
      case VALUE_TAG.text:
      case VALUE_TAG.array:
      case VALUE_TAG.map:
      case VALUE_TAG.bytes: {
        const valueEnd = reader.end(end);
        into.start = reader.position;
        into.end = reader.position = valueEnd;
        into.kind = (tag >>> 3) as ValueKind;
        break;
      }
      case VALUE_TAG.bool:
      case VALUE_TAG.int:
        reader.uint32();
        if (reader.position > end) throw new DecodeError('varint reaches past its message', at);
        into.start = at;
        into.end = reader.position;
        into.kind = (tag >>> 3) as ValueKind;
        break;
      case VALUE_TAG.double:
        into.start = reader.fixed64(end);
        into.end = reader.position;
        into.kind = VALUE_KIND.double;
        break;
      default:
        reader.skip(tag, end);
    }
  }
}

/**
 * A nested value as JSON text, as the Collector's `pcommon.Value.AsString` writes it: map keys sorted, 64-bit integers
 * exact, bytes in base64, `<>&` not escaped, U+2028 and U+2029 escaped. Numbers that JSON lacks become the texts
 * "NaN", "Infinity", "-Infinity", where the Collector loses the whole value.
 */
export function jsonOf(reader: WireReader, value: ValueSpan, depth = 0): string {
  const { kind, start, end } = value;
  switch (kind) {
    case VALUE_KIND.empty:
      return 'null';
    case VALUE_KIND.text:
      return quoted(reader.bytes.toString('utf8', start, end));
    case VALUE_KIND.bool:
      return isTrue(reader, start) ? 'true' : 'false';
    case VALUE_KIND.int:
      reader.position = start;
      return reader.int64().toString();
    case VALUE_KIND.double: {
      const number = reader.view.getFloat64(start, true);
      return Number.isFinite(number) ? doubleText(number) : `"${number}"`;
    }
    case VALUE_KIND.bytes:
      return `"${reader.bytes.toString('base64', start, end)}"`;
    case VALUE_KIND.array:
    case VALUE_KIND.map: {
      if (depth >= reader.limits.maxNesting) {
        throw new LimitError('receive.limits.maxNesting', `value nested deeper than ${depth}`);
      }
      return kind === VALUE_KIND.array
        ? arrayJson(reader, value, depth + 1)
        : mapJson(reader, value, depth + 1);
    }
  }
}

/**
 * A double as text: the shortest decimal that reads back as the same number, exponents below 1e-6 and from 1e21, as
 * Go's encoding/json and ECMAScript agree; negative zero keeps its sign.
 */
export const doubleText = (value: number): string =>
  value === 0 && Object.is(value, -0) ? '-0' : String(value);

/** A varint is true when any of its bits is set. */
export function isTrue(reader: WireReader, start: number): boolean {
  let at = start;
  let byte = reader.bytes[at++]!;
  while (byte === 128) byte = reader.bytes[at++]!;
  return byte !== 0;
}

function arrayJson(reader: WireReader, list: ValueSpan, depth: number): string {
  const items: string[] = [];
  forEachItem(reader, list, (item) => items.push(jsonOf(reader, item, depth)));
  return `[${items.join(',')}]`;
}

function mapJson(reader: WireReader, map: ValueSpan, depth: number): string {
  const entries = new Map<string, string>();
  forEachEntry(reader, map, (key, value) => entries.set(key, jsonOf(reader, value, depth)));
  const sorted = [...entries].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return `{${sorted.map(([key, json]) => `${quoted(key)}:${json}`).join(',')}}`;
}

/** Calls `visit` for each element of an `ArrayValue`. */
export function forEachItem(
  reader: WireReader,
  list: ValueSpan,
  visit: (item: ValueSpan) => void,
): void {
  let position = list.start;
  while (position < list.end) {
    reader.position = position;
    const tag = reader.uint32();
    if (tag !== 10) {
      reader.skip(tag, list.end);
      position = reader.position;
      continue;
    }
    const end = reader.end(list.end);
    const item: ValueSpan = { kind: VALUE_KIND.empty, start: 0, end: 0 };
    readAnyValue(reader, end, item);
    visit(item);
    position = end;
  }
}

/** Calls `visit` for each entry of a `KeyValueList`. */
export function forEachEntry(
  reader: WireReader,
  map: ValueSpan,
  visit: (key: string, value: ValueSpan) => void,
): void {
  let position = map.start;
  while (position < map.end) {
    reader.position = position;
    const tag = reader.uint32();
    if (tag !== 10) {
      reader.skip(tag, map.end);
      position = reader.position;
      continue;
    }
    const end = reader.end(map.end);
    const value: ValueSpan = { kind: VALUE_KIND.empty, start: 0, end: 0 };
    visit(readKeyValue(reader, end, value), value);
    position = end;
  }
}

/** Reads a `KeyValue` in [reader.position, end); returns its key. */
function readKeyValue(reader: WireReader, end: number, value: ValueSpan): string {
  let key = '';
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 10) {
      const keyEnd = reader.end(end);
      key = reader.bytes.toString('utf8', reader.position, keyEnd);
      reader.position = keyEnd;
    } else if (tag === 18) {
      readAnyValue(reader, reader.end(end), value);
    } else {
      reader.skip(tag, end);
    }
  }
  return key;
}

const quoted = (text: string): string =>
  JSON.stringify(text).replace(/[\u2028\u2029]/g, (separator) =>
    separator === '\u2028' ? '\\u2028' : '\\u2029',
  );

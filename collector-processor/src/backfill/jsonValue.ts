import { VALUE_TAG } from '../otlp/valueKind';

/** Deeper than this a text stays a text. */
const MAX_DEPTH = 32;

const varint = (value: number): number[] => {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
  bytes.push(rest);
  return bytes;
};

const field = (tag: number, content: Buffer): Buffer =>
  Buffer.concat([Buffer.from([tag, ...varint(content.length)]), content]);

/** Tag of `ArrayValue.values`, of `KeyValueList.values` and of `KeyValue.key`; of `KeyValue.value`. */
const FIRST = 10;
const SECOND = 18;

const double = (value: number): Buffer => {
  const bytes = Buffer.alloc(9);
  bytes[0] = VALUE_TAG.double;
  bytes.writeDoubleLE(value, 1);
  return bytes;
};

/** The `AnyValue` of a JSON value; undefined when it is nested too deeply. */
function encode(value: unknown, depth: number): Buffer | undefined {
  if (depth > MAX_DEPTH) return undefined;
  if (typeof value === 'string') return field(VALUE_TAG.text, Buffer.from(value));
  if (typeof value === 'number') return double(value);
  if (typeof value === 'boolean') return Buffer.from([VALUE_TAG.bool, value ? 1 : 0]);
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => encode(item, depth + 1));
    if (!items.every((item) => item !== undefined)) return undefined;
    return field(VALUE_TAG.array, Buffer.concat(items.map((item) => field(FIRST, item))));
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, entry]) => {
      const bytes = encode(entry, depth + 1);
      return (
        bytes && field(FIRST, Buffer.concat([field(FIRST, Buffer.from(key)), field(SECOND, bytes)]))
      );
    });
    if (!entries.every((entry) => entry !== undefined)) return undefined;
    return field(VALUE_TAG.map, Buffer.concat(entries));
  }
  return Buffer.alloc(0);
}

/**
 * A list or map that the exporter stored as JSON text, as the `AnyValue` that it was; any other text as a text.
 * Integers come back as doubles: who reads them makes no difference between the two.
 */
export function storedValue(text: string): Buffer {
  const asText = (): Buffer => field(VALUE_TAG.text, Buffer.from(text));
  if (!text.startsWith('[') && !text.startsWith('{')) return asText();
  try {
    return encode(JSON.parse(text), 0) ?? asText();
  } catch {
    return asText();
  }
}

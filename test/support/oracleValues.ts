/** A 64-bit number of protobufjs. */
export interface Long {
  toString(): string;
}
export interface AnyValue {
  /** Name of the field that is set; protobufjs answers it for the oneof. */
  readonly value?: string;
  readonly stringValue: string;
  readonly boolValue: boolean;
  readonly intValue: Long;
  readonly doubleValue: number;
  readonly arrayValue: { readonly values: readonly AnyValue[] };
  readonly kvlistValue: { readonly values: readonly KeyValue[] };
  readonly bytesValue: Uint8Array;
}
export interface KeyValue {
  readonly key: string;
  readonly value: AnyValue | null;
}
/** Key and value of each attribute, keys in byte order, equal keys by value. */
export type Pairs = readonly (readonly [string, string])[];

/** A time on the wire is unsigned, a `DateTime64` is signed: the bits are the same. */
export const signed = (time: Long): string => BigInt.asIntN(64, BigInt(time.toString())).toString();

/** Lower-case hexadecimal; an absent id and one of zeros are both no id. */
export const idText = (id: Uint8Array): string =>
  id.every((byte) => byte === 0) ? '' : Buffer.from(id).toString('hex');

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

export const pairsOf = (attributes: readonly KeyValue[]): Pairs =>
  sortPairs(attributes.map(({ key, value }) => [key, valueText(value)] as const));

/** Byte order of the keys; among equal keys, which are all kept, of the values. */
const sortPairs = (pairs: Pairs): Pairs =>
  pairs.toSorted(([a, x], [b, y]) => byBytes(a, b) || byBytes(x, y));

/** An attribute's value as the `Map(…, String)` columns hold it. */
export function valueText(value: AnyValue | null): string {
  switch (value?.value) {
    case undefined:
      return '';
    case 'stringValue':
      return value.stringValue;
    case 'bytesValue':
      return Buffer.from(value.bytesValue).toString('base64');
    case 'doubleValue':
      return doubleText(value.doubleValue);
    default:
      return jsonText(value);
  }
}

const doubleText = (value: number): string => (Object.is(value, -0) ? '-0' : `${value}`);

/** Arrays and maps as JSON: exact integers, sorted keys of which the last of equal ones counts, base64 for bytes. */
function jsonText(value: AnyValue | null): string {
  switch (value?.value) {
    case 'stringValue':
      return quoted(value.stringValue);
    case 'boolValue':
      return `${value.boolValue}`;
    case 'intValue':
      return value.intValue.toString();
    case 'doubleValue':
      return Number.isFinite(value.doubleValue)
        ? doubleText(value.doubleValue)
        : quoted(`${value.doubleValue}`);
    case 'bytesValue':
      return quoted(Buffer.from(value.bytesValue).toString('base64'));
    case 'arrayValue':
      return `[${value.arrayValue.values.map(jsonText).join(',')}]`;
    case 'kvlistValue': {
      const last = new Map(value.kvlistValue.values.map((pair) => [pair.key, pair.value]));
      return `{${[...last]
        .toSorted(([a], [b]) => byBytes(a, b))
        .map(([key, item]) => `${quoted(key)}:${jsonText(item)}`)
        .join(',')}}`;
    }
    default:
      return 'null';
  }
}

const quoted = (text: string): string =>
  JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');

export const pairsSql = (column: string): string =>
  `arrayZip(mapKeys(${column}), mapValues(${column}))`;
export const PAIRS = 'Array(Tuple(String, String))';

/** Sorts the values within each run of one key and leaves the runs where they are: keys out of order stay so. */
export function sortEqualKeys(pairs: Pairs): Pairs {
  const sorted: (readonly [string, string])[] = [];
  for (let from = 0; from < pairs.length;) {
    const key = pairs[from]![0];
    let to = from;
    while (to < pairs.length && pairs[to]![0] === key) to++;
    sorted.push(...sortPairs(pairs.slice(from, to)));
    from = to;
  }
  return sorted;
}

import type { AnyValue, KeyValue } from './otlpMessages';

/** An attribute value as a plain JavaScript value. */
export function plainValue(value: AnyValue | null): unknown {
  switch (value?.value) {
    case 'stringValue':
      return value.stringValue;
    case 'boolValue':
      return value.boolValue;
    case 'intValue':
      return value.intValue!.toNumber();
    case 'doubleValue':
      return value.doubleValue;
    case 'arrayValue':
      return value.arrayValue!.values.map(plainValue);
    case 'kvlistValue':
      return plainAttributes(value.kvlistValue!.values);
    case 'bytesValue':
      return value.bytesValue!.toString('base64');
    default:
      return null;
  }
}

export type PlainAttributes = Record<string, unknown>;

export function plainAttributes(list: readonly KeyValue[]): PlainAttributes {
  const plain: PlainAttributes = {};
  for (const { key, value } of list) plain[key] = plainValue(value);
  return plain;
}

/** As the `Map(…, String)` columns want them: values as text, keys sorted. */
export function textAttributes(attributes: PlainAttributes): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const key of Object.keys(attributes).sort()) {
    const value = attributes[key];
    if (typeof value === 'string') texts[key] = value;
    else if (value === null || value === undefined) texts[key] = '';
    else texts[key] = JSON.stringify(value);
  }
  return texts;
}

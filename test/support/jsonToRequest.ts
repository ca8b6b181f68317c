import type protobuf from 'protobufjs';

const IDS = new Set(['traceId', 'spanId', 'parentSpanId']);

/** OTLP/JSON writes ids in hexadecimal where protobuf's own JSON mapping would have base64. */
const idsAsBytes = (key: string, value: unknown): unknown =>
  IDS.has(key) && typeof value === 'string' ? [...Buffer.from(value, 'hex')] : value;

/** The protobuf of an OTLP/JSON request of this type, made by protobufjs: no code of the product takes part. */
export function jsonToRequest(type: protobuf.Type, json: string): Uint8Array {
  const plain = JSON.parse(json, idsAsBytes) as Record<string, unknown>;
  return type.encode(type.fromObject(plain)).finish();
}

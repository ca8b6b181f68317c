import { logRequestType, traceRequestType } from './otlpProto';

const IDS = new Set(['traceId', 'spanId', 'parentSpanId']);

/** OTLP/JSON writes ids in hexadecimal where protobuf's own JSON mapping would have base64. */
const idsAsBytes = (key: string, value: unknown): unknown =>
  IDS.has(key) && typeof value === 'string' ? [...Buffer.from(value, 'hex')] : value;

/** The protobuf of an OTLP/JSON trace or log request, made by protobufjs: no code of the product takes part. */
export function jsonToRequest(json: string): Uint8Array {
  const plain = JSON.parse(json, idsAsBytes) as Record<string, unknown>;
  const type = 'resourceLogs' in plain ? logRequestType() : traceRequestType();
  return type.encode(type.fromObject(plain)).finish();
}

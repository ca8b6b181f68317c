import { traceRequestType } from '../support/otlpProto';

/** A 64-bit number as protobufjs decodes it. */
export interface Long {
  toString(): string;
  toNumber(): number;
  subtract(other: Long): Long;
}

export interface AnyValue {
  readonly value?: string;
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  readonly intValue?: Long;
  readonly doubleValue?: number;
  readonly arrayValue?: { readonly values: AnyValue[] };
  readonly kvlistValue?: { readonly values: KeyValue[] };
  readonly bytesValue?: Buffer;
}
export interface KeyValue {
  readonly key: string;
  readonly value: AnyValue | null;
}
export interface Span {
  readonly traceId: Buffer;
  readonly spanId: Buffer;
  readonly parentSpanId: Buffer;
  readonly traceState: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: Long;
  readonly endTimeUnixNano: Long;
  readonly attributes: KeyValue[];
  readonly events: { timeUnixNano: Long; name: string; attributes: KeyValue[] }[];
  readonly links: {
    traceId: Buffer;
    spanId: Buffer;
    traceState: string;
    attributes: KeyValue[];
  }[];
  readonly status: { code: number; message: string } | null;
}
export interface TraceRequestMessage {
  readonly resourceSpans: {
    readonly resource: { attributes: KeyValue[] } | null;
    readonly scopeSpans: {
      readonly scope: { name: string; version: string } | null;
      readonly spans: Span[];
    }[];
  }[];
}

const type = traceRequestType();

export const decodeTraceRequest = (bytes: Buffer): TraceRequestMessage =>
  type.decode(bytes) as unknown as TraceRequestMessage;

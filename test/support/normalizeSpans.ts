import { Inference } from '../../collector-processor/src/core/inference';
import {
  createNormalizer,
  type Normalizer,
} from '../../collector-processor/src/normalize/normalizer';
import { SpanView } from '../../collector-processor/src/otlp/spanView';
import { walkTraces } from '../../collector-processor/src/otlp/traces';
import { traceRequestType } from './otlpProto';

/** A value as `AnyValue` holds it, where a JavaScript value would not say which kind is meant. */
export type AnyValue =
  | { readonly doubleValue: number }
  | { readonly intValue: number }
  | { readonly arrayValue: { readonly values: readonly AnyValue[] } }
  | { readonly kvlistValue: { readonly values: readonly KeyValue[] } }
  | { readonly stringValue: string }
  | { readonly boolValue: boolean }
  | { readonly bytesValue: Uint8Array };
export interface KeyValue {
  readonly key: string;
  readonly value: AnyValue;
}
/** Whole numbers become ints, others doubles. */
export type Value = string | number | boolean | readonly string[] | readonly number[] | AnyValue;
export type AttributesOf = Readonly<Record<string, Value>>;

export interface TestEvent {
  readonly name: string;
  readonly timeMs?: number;
  readonly attributes?: AttributesOf;
}
export interface TestSpan {
  readonly attributes?: AttributesOf;
  readonly resource?: AttributesOf;
  readonly scope?: { readonly name: string; readonly version?: string };
  readonly events?: readonly TestEvent[];
  /** 1 internal, 3 client. */
  readonly kind?: number;
  readonly statusCode?: number;
  readonly startMs?: number;
  readonly endMs?: number;
  readonly traceState?: string;
}

/** When the spans below begin and arrive unless they say otherwise. */
export const START_MS = 1_760_000_000_000;
export const RECEIVED_AT_MS = START_MS + 5_000;

const anyValue = (value: Value): AnyValue => {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? { intValue: value } : { doubleValue: value };
  }
  if (Array.isArray(value)) {
    return { arrayValue: { values: (value as readonly Value[]).map(anyValue) } };
  }
  return value as AnyValue;
};

export const keyValues = (attributes: AttributesOf = {}): KeyValue[] =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }));

const nanos = (ms: number): string => `${ms}000000`;

/** The request that a service would send for this span. */
export function encodeSpan(span: TestSpan): Uint8Array {
  const type = traceRequestType();
  const startMs = span.startMs ?? START_MS;
  return type
    .encode(
      type.fromObject({
        resourceSpans: [
          {
            resource: { attributes: keyValues(span.resource) },
            scopeSpans: [
              {
                scope: span.scope,
                spans: [
                  {
                    traceId: Buffer.from('0af7651916cd43dd8448eb211c80319c', 'hex'),
                    spanId: Buffer.from('b7ad6b7169203331', 'hex'),
                    name: 'span',
                    kind: span.kind ?? 1,
                    traceState: span.traceState ?? '',
                    startTimeUnixNano: nanos(startMs),
                    endTimeUnixNano: nanos(span.endMs ?? startMs + 250),
                    attributes: keyValues(span.attributes),
                    status: { code: span.statusCode ?? 0 },
                    events: (span.events ?? []).map(({ name, timeMs, attributes }) => ({
                      name,
                      timeUnixNano: timeMs === undefined ? 0 : nanos(timeMs),
                      attributes: keyValues(attributes),
                    })),
                  },
                ],
              },
            ],
          },
        ],
      }),
    )
    .finish();
}

/** What the normaliser makes of a request's bytes. */
export function normalizeBytes(
  bytes: Uint8Array,
  normalizer: Normalizer = createNormalizer(),
): Inference[] {
  const view = new SpanView(normalizer.plans);
  const inferences: Inference[] = [];
  walkTraces(bytes, view, {
    resource: () => undefined,
    span: () => {
      const count = normalizer.recognise(view);
      for (let index = 0; index < count; index++) {
        const inference = new Inference();
        inference.receivedAtMs = RECEIVED_AT_MS;
        normalizer.fill(view, index, inference);
        inferences.push(inference);
      }
    },
  });
  return inferences;
}

/** What the normaliser makes of one span. */
export const normalizeSpan = (span: TestSpan, normalizer?: Normalizer): Inference[] =>
  normalizeBytes(encodeSpan(span), normalizer);

/** The only inference of a span. */
export function onlyInference(span: TestSpan, normalizer?: Normalizer): Inference {
  const inferences = normalizeSpan(span, normalizer);
  if (inferences.length !== 1) throw new Error(`${inferences.length} inferences, 1 expected`);
  return inferences[0]!;
}

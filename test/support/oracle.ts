import { traceRequestType } from './otlpProto';

/** A 64-bit number of protobufjs. */
interface Long {
  toString(): string;
}
interface AnyValue {
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
interface KeyValue {
  readonly key: string;
  readonly value: AnyValue | null;
}
interface Event {
  readonly timeUnixNano: Long;
  readonly name: string;
  readonly attributes: readonly KeyValue[];
}
interface Link {
  readonly traceId: Uint8Array;
  readonly spanId: Uint8Array;
  readonly traceState: string;
  readonly attributes: readonly KeyValue[];
}
interface Span extends Link {
  readonly parentSpanId: Uint8Array;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: Long;
  readonly endTimeUnixNano: Long;
  readonly events: readonly Event[];
  readonly links: readonly Link[];
  readonly status: { readonly code: number; readonly message: string } | null;
}
interface Request {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] } | null;
    readonly scopeSpans: readonly {
      readonly scope: { readonly name: string; readonly version: string } | null;
      readonly spans: readonly Span[];
    }[];
  }[];
}

/** Key and value of each attribute, keys in byte order, equal keys by value. */
export type Pairs = readonly (readonly [string, string])[];

/** One row of `otel_traces`; 64-bit numbers in decimal. */
export interface ExpectedRow {
  readonly timestamp: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly traceState: string;
  readonly spanName: string;
  readonly spanKind: string;
  readonly serviceName: string;
  readonly resourceAttributes: Pairs;
  readonly scopeName: string;
  readonly scopeVersion: string;
  readonly spanAttributes: Pairs;
  readonly duration: string;
  readonly statusCode: string;
  readonly statusMessage: string;
  readonly events: readonly { timestamp: string; name: string; attributes: Pairs }[];
  readonly links: readonly {
    traceId: string;
    spanId: string;
    traceState: string;
    attributes: Pairs;
  }[];
}

const KINDS = ['Unspecified', 'Internal', 'Server', 'Client', 'Producer', 'Consumer'];
const STATUSES = ['Unset', 'Ok', 'Error'];

/**
 * The rows that an `ExportTraceServiceRequest` makes, in its order, by another decoder and by the rules of the
 * Collector's ClickHouse exporter: a second opinion that shares no code with the product.
 */
export function expectedRows(bytes: Uint8Array): ExpectedRow[] {
  const request = traceRequestType().decode(bytes) as unknown as Request;
  return request.resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const attributes = resource?.attributes ?? [];
    const service = attributes.find(({ key }) => key === 'service.name');
    const shared = {
      serviceName: service ? valueText(service.value) : '',
      resourceAttributes: pairsOf(attributes),
    };
    return scopeSpans.flatMap(({ scope, spans }) =>
      spans.map((span) => ({
        ...shared,
        scopeName: scope?.name ?? '',
        scopeVersion: scope?.version ?? '',
        ...spanColumns(span),
      })),
    );
  });
}

function spanColumns(
  span: Span,
): Omit<ExpectedRow, 'serviceName' | 'resourceAttributes' | 'scopeName' | 'scopeVersion'> {
  const duration =
    BigInt(span.endTimeUnixNano.toString()) - BigInt(span.startTimeUnixNano.toString());
  return {
    timestamp: signed(span.startTimeUnixNano),
    traceId: idText(span.traceId),
    spanId: idText(span.spanId),
    parentSpanId: idText(span.parentSpanId),
    traceState: span.traceState,
    spanName: span.name,
    spanKind: KINDS[span.kind] ?? '',
    spanAttributes: pairsOf(span.attributes),
    // An end before the start wraps, as unsigned numbers do.
    duration: BigInt.asUintN(64, duration).toString(),
    statusCode: STATUSES[span.status?.code ?? 0] ?? '',
    statusMessage: span.status?.message ?? '',
    events: span.events.map((event) => ({
      timestamp: signed(event.timeUnixNano),
      name: event.name,
      attributes: pairsOf(event.attributes),
    })),
    links: span.links.map((link) => ({
      traceId: idText(link.traceId),
      spanId: idText(link.spanId),
      traceState: link.traceState,
      attributes: pairsOf(link.attributes),
    })),
  };
}

/** A time on the wire is unsigned, a `DateTime64` is signed: the bits are the same. */
const signed = (time: Long): string => BigInt.asIntN(64, BigInt(time.toString())).toString();

/** Lower-case hexadecimal; an absent id and one of zeros are both no id. */
const idText = (id: Uint8Array): string =>
  id.every((byte) => byte === 0) ? '' : Buffer.from(id).toString('hex');

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

const pairsOf = (attributes: readonly KeyValue[]): Pairs =>
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

const pairsSql = (column: string): string => `arrayZip(mapKeys(${column}), mapValues(${column}))`;
const PAIRS = 'Array(Tuple(String, String))';

/**
 * Reads `otel_traces` as `ExpectedRow`s, so that nothing of a row is lost: maps with equal keys, 64-bit numbers. To be
 * asked for in the format JSONEachRow, and each row given to `storedRow`.
 */
export const STORED_ROWS_SQL = `SELECT
  toString(reinterpretAsInt64(Timestamp)) AS timestamp,
  TraceId AS traceId,
  SpanId AS spanId,
  ParentSpanId AS parentSpanId,
  TraceState AS traceState,
  SpanName AS spanName,
  SpanKind AS spanKind,
  ServiceName AS serviceName,
  ${pairsSql('ResourceAttributes')} AS resourceAttributes,
  ScopeName AS scopeName,
  ScopeVersion AS scopeVersion,
  ${pairsSql('SpanAttributes')} AS spanAttributes,
  toString(Duration) AS duration,
  StatusCode AS statusCode,
  StatusMessage AS statusMessage,
  arrayMap(
    (time, name, attributes) -> CAST(
      (toString(reinterpretAsInt64(time)), name, ${pairsSql('attributes')}),
      'Tuple(timestamp String, name String, attributes ${PAIRS})'),
    Events.Timestamp, Events.Name, Events.Attributes) AS events,
  arrayMap(
    (trace, span, state, attributes) -> CAST(
      (trace, span, state, ${pairsSql('attributes')}),
      'Tuple(traceId String, spanId String, traceState String, attributes ${PAIRS})'),
    Links.TraceId, Links.SpanId, Links.TraceState, Links.Attributes) AS links
FROM otel_traces`;

/** A stored row made comparable with an expected one: only the order among equal keys is not looked at. */
export function storedRow(row: ExpectedRow): ExpectedRow {
  return {
    ...row,
    resourceAttributes: sortEqualKeys(row.resourceAttributes),
    spanAttributes: sortEqualKeys(row.spanAttributes),
    events: row.events.map((event) => ({
      ...event,
      attributes: sortEqualKeys(event.attributes),
    })),
    links: row.links.map((link) => ({ ...link, attributes: sortEqualKeys(link.attributes) })),
  };
}

/** Sorts the values within each run of one key and leaves the runs where they are: keys out of order stay so. */
function sortEqualKeys(pairs: Pairs): Pairs {
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

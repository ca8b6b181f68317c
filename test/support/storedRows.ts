/** A row of `otel_traces` as a test tells it; what is left out is empty. */
export interface StoredSpan {
  readonly startNs?: bigint;
  readonly durationNs?: bigint;
  readonly traceId?: string;
  readonly spanId?: string;
  readonly parentSpanId?: string;
  readonly kind?: string;
  readonly status?: string;
  readonly service?: string;
  readonly scope?: string;
  readonly resource?: Readonly<Record<string, string>>;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly events?: readonly {
    readonly timeNs: bigint;
    readonly name: string;
    readonly attributes: Readonly<Record<string, string>>;
  }[];
}

const varint = (value: number): Buffer => {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  bytes.push(rest);
  return Buffer.from(bytes);
};
const int64 = (value: bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(value);
  return bytes;
};
const text = (value: string): Buffer =>
  Buffer.concat([varint(Buffer.byteLength(value)), Buffer.from(value)]);
const list = <T>(values: readonly T[], of: (value: T) => Buffer): Buffer =>
  Buffer.concat([varint(values.length), ...values.map(of)]);
const map = (entries: Readonly<Record<string, string>> = {}): Buffer =>
  list(Object.entries(entries), ([key, value]) => Buffer.concat([text(key), text(value)]));

/** The row in RowBinary, with the columns that the backfill reads. */
export function storedRow(span: StoredSpan): Buffer {
  const { events = [] } = span;
  const texts = [
    span.traceId,
    span.spanId,
    span.parentSpanId,
    '',
    span.kind,
    span.status,
    span.service,
    span.scope,
    '',
  ];
  return Buffer.concat([
    int64(span.startNs ?? 0n),
    int64(span.durationNs ?? 0n),
    ...texts.map((value) => text(value ?? '')),
    map(span.resource),
    map(span.attributes),
    list(events, ({ timeNs }) => int64(timeNs)),
    list(events, ({ name }) => text(name)),
    list(events, ({ attributes }) => map(attributes)),
  ]);
}

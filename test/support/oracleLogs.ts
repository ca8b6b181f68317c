import {
  type AnyValue,
  idText,
  type KeyValue,
  type Long,
  type Pairs,
  pairsOf,
  pairsSql,
  signed,
  sortEqualKeys,
  valueText,
} from './oracleValues';
import { logRequestType } from './otlpProto';

interface LogRecord {
  readonly timeUnixNano: Long;
  readonly observedTimeUnixNano: Long;
  readonly severityNumber: number;
  readonly severityText: string;
  readonly body: AnyValue | null;
  readonly attributes: readonly KeyValue[];
  readonly flags: number;
  readonly traceId: Uint8Array;
  readonly spanId: Uint8Array;
  readonly eventName: string;
}
interface Request {
  readonly resourceLogs: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] } | null;
    readonly schemaUrl: string;
    readonly scopeLogs: readonly {
      readonly scope: {
        readonly name: string;
        readonly version: string;
        readonly attributes: readonly KeyValue[];
      } | null;
      readonly schemaUrl: string;
      readonly logRecords: readonly LogRecord[];
    }[];
  }[];
}

/** One row of `otel_logs`. */
export interface ExpectedLog {
  readonly timestamp: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly traceFlags: number;
  readonly severityText: string;
  readonly severityNumber: number;
  readonly serviceName: string;
  readonly body: string;
  readonly resourceSchemaUrl: string;
  readonly resourceAttributes: Pairs;
  readonly scopeSchemaUrl: string;
  readonly scopeName: string;
  readonly scopeVersion: string;
  readonly scopeAttributes: Pairs;
  readonly logAttributes: Pairs;
  readonly eventName: string;
}

/**
 * The rows that an `ExportLogsServiceRequest` makes, in its order, by another decoder and by the rules of the Collector's
 * ClickHouse exporter: a second opinion that shares no code with the product.
 */
export function expectedLogs(bytes: Uint8Array): ExpectedLog[] {
  const request = logRequestType().decode(bytes) as unknown as Request;
  return request.resourceLogs.flatMap(({ resource, schemaUrl, scopeLogs }) => {
    const attributes = resource?.attributes ?? [];
    const service = attributes.find(({ key }) => key === 'service.name');
    return scopeLogs.flatMap(({ scope, schemaUrl: scopeSchemaUrl, logRecords }) =>
      logRecords.map((record) => ({
        ...recordColumns(record),
        serviceName: service ? valueText(service.value) : '',
        resourceSchemaUrl: schemaUrl,
        resourceAttributes: pairsOf(attributes),
        scopeSchemaUrl,
        scopeName: scope?.name ?? '',
        scopeVersion: scope?.version ?? '',
        scopeAttributes: pairsOf(scope?.attributes ?? []),
      })),
    );
  });
}

type RecordColumns = Pick<
  ExpectedLog,
  | 'timestamp'
  | 'traceId'
  | 'spanId'
  | 'traceFlags'
  | 'severityText'
  | 'severityNumber'
  | 'body'
  | 'logAttributes'
  | 'eventName'
>;

function recordColumns(record: LogRecord): RecordColumns {
  const told = record.timeUnixNano.toString() !== '0';
  return {
    timestamp: signed(told ? record.timeUnixNano : record.observedTimeUnixNano),
    traceId: idText(record.traceId),
    spanId: idText(record.spanId),
    traceFlags: record.flags & 255,
    severityText: record.severityText,
    severityNumber: record.severityNumber & 255,
    body: valueText(record.body),
    logAttributes: pairsOf(record.attributes),
    eventName: record.eventName,
  };
}

/** Reads `otel_logs` as `ExpectedLog`s; each row is to be given to `storedLog`. */
export const STORED_LOGS_SQL = `SELECT
  toString(reinterpretAsInt64(Timestamp)) AS timestamp,
  TraceId AS traceId,
  SpanId AS spanId,
  TraceFlags AS traceFlags,
  SeverityText AS severityText,
  SeverityNumber AS severityNumber,
  ServiceName AS serviceName,
  Body AS body,
  ResourceSchemaUrl AS resourceSchemaUrl,
  ${pairsSql('ResourceAttributes')} AS resourceAttributes,
  ScopeSchemaUrl AS scopeSchemaUrl,
  ScopeName AS scopeName,
  ScopeVersion AS scopeVersion,
  ${pairsSql('ScopeAttributes')} AS scopeAttributes,
  ${pairsSql('LogAttributes')} AS logAttributes,
  EventName AS eventName
FROM otel_logs`;

/** A stored row made comparable with an expected one: only the order among equal keys is not looked at. */
export const storedLog = (row: ExpectedLog): ExpectedLog => ({
  ...row,
  resourceAttributes: sortEqualKeys(row.resourceAttributes),
  scopeAttributes: sortEqualKeys(row.scopeAttributes),
  logAttributes: sortEqualKeys(row.logAttributes),
});

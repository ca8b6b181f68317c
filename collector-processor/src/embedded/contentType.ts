const EXACT: Readonly<Record<string, string>> = {
  JSON: 'application/json; charset=UTF-8',
  JSONStrings: 'application/json; charset=UTF-8',
  JSONCompact: 'application/json; charset=UTF-8',
  JSONCompactStrings: 'application/json; charset=UTF-8',
  JSONColumns: 'application/json; charset=UTF-8',
  JSONObjectEachRow: 'application/json; charset=UTF-8',
  XML: 'application/xml; charset=UTF-8',
  Native: 'application/octet-stream',
  RowBinary: 'application/octet-stream',
  Parquet: 'application/octet-stream',
  ORC: 'application/octet-stream',
};

/** The content type that a ClickHouse server gives a result in this format. */
export function contentType(format: string): string {
  const exact = EXACT[format];
  if (exact !== undefined) return exact;
  if (format.startsWith('JSON')) return 'application/x-ndjson; charset=UTF-8';
  if (format.startsWith('CSV')) return 'text/csv; charset=UTF-8; header=absent';
  if (format.startsWith('TabSeparated') || format.startsWith('TSV'))
    return 'text/tab-separated-values; charset=UTF-8';
  if (/^(RowBinary|Arrow|Avro|Protobuf|MsgPack|BSON)/.test(format))
    return 'application/octet-stream';
  return 'text/plain; charset=UTF-8';
}

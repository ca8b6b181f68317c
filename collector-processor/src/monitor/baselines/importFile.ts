import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { ClickHouseClient } from '@clickhouse/client';
import { quoteText } from '../quoteText';
import type { BaselineRows } from './baselineRequest';

export const IMPORT_FORMATS = ['csv', 'parquet', 'jsonl'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

export interface ImportedFile {
  readonly format: ImportFormat;
  /** The file's bytes from their start, as often as it is called. */
  readonly open: () => Readable;
}

/** The table of a file's rows, as `createBaseline` reads them. `drop` removes it. */
export interface StagedFile {
  readonly rows: BaselineRows;
  drop(): Promise<void>;
}

const quoteName = (name: string): string =>
  `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;

const CELL = 'Tuple(LowCardinality(String), Nullable(String))';
/** The engine's own names of what a Parquet file says about its columns. */
const PARQUET_COLUMNS =
  'columns Array(Tuple(name String, path String, max_definition_level UInt64, max_repetition_level UInt64, physical_type String, logical_type String, compression String, total_uncompressed_size UInt64, total_compressed_size UInt64, space_saved String, encodings Array(String)))';

/** A row's cells as text become features: a number where it reads as one, missing where it is null or empty. */
const rowsFrom = (table: string, cells: string): BaselineRows => ({
  source: 'import',
  from: `(
SELECT inference_id,
  CAST(arrayMap(cell -> (cell.1, assumeNotNull(toFloat64OrNull(cell.2))), arrayFilter(cell -> isNotNull(toFloat64OrNull(cell.2)), cells)), 'Map(LowCardinality(String), Float64)') AS feature_numbers,
  CAST(arrayMap(cell -> (cell.1, assumeNotNull(cell.2)), arrayFilter(cell -> isNotNull(cell.2) AND isNull(toFloat64OrNull(cell.2)), cells)), 'Map(LowCardinality(String), String)') AS feature_texts
FROM (SELECT toString(cityHash64(*)) AS inference_id, arrayFilter(cell -> notEmpty(ifNull(cell.2, '')), CAST(${cells}, 'Array(${CELL})')) AS cells FROM ${table})
)`,
});

const CELLS_OF_LINE = `arrayMap(pair -> (pair.1, multiIf(pair.2 = 'null', NULL, startsWith(pair.2, '"'), JSONExtractString(pair.2), pair.2)), JSONExtractKeysAndValuesRaw(line))`;

/** Has the engine read a file into a table of its own; the embedded one takes at most its `bodyBytes`. */
export async function stageFile(
  client: ClickHouseClient,
  { format, open }: ImportedFile,
): Promise<StagedFile> {
  const table = `ml_import_${randomUUID().replaceAll('-', '')}`;
  const drop = async (): Promise<void> => {
    await client.command({ query: `DROP TABLE IF EXISTS ${table}` });
  };
  const create = async (columns: string): Promise<void> => {
    await client.command({
      query: `CREATE TABLE ${table} (${columns}) ENGINE = MergeTree ORDER BY tuple()`,
    });
  };
  const fill = async (engineFormat: string): Promise<void> => {
    const { stream } = await client.exec({
      query: `INSERT INTO ${table} FORMAT ${engineFormat}`,
      values: open(),
      clickhouse_settings: { input_format_csv_empty_as_default: 1 },
    });
    stream.resume();
  };
  try {
    if (format === 'jsonl') {
      await create('line String');
      await fill('JSONAsString');
      return { rows: rowsFrom(table, CELLS_OF_LINE), drop };
    }
    const names = format === 'csv' ? await csvHeader(open()) : await parquetNames(client, open());
    await create(names.map((name) => `${quoteName(name)} Nullable(String)`).join(', '));
    await fill(format === 'csv' ? 'CSVWithNames' : 'Parquet');
    const cells = names.map((name) => `(${quoteText(name)}, ${quoteName(name)})`).join(', ');
    return { rows: rowsFrom(table, `[${cells}]`), drop };
  } catch (error) {
    await drop();
    throw error;
  }
}

/** The names in a CSV file's first line; a quoted name may hold commas and doubled quotes. */
async function csvHeader(file: Readable): Promise<string[]> {
  let text = '';
  for await (const piece of file.setEncoding('utf8') as AsyncIterable<string>) {
    text += piece;
    if (text.includes('\n')) break;
  }
  file.destroy();
  const line = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0]!;
  const names = Array.from(line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g), ([, name]) => name!);
  // The pattern matches once more, empty, at the end of the line.
  return (line.endsWith(',') ? names : names.slice(0, -1)).map((name) =>
    name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.trim(),
  );
}

/** The names of a Parquet file's columns, as the engine reads them in the file's own footer. */
async function parquetNames(client: ClickHouseClient, file: Readable): Promise<string[]> {
  const table = `ml_import_${randomUUID().replaceAll('-', '')}`;
  await client.command({ query: `CREATE TABLE ${table} (${PARQUET_COLUMNS}) ENGINE = Memory` });
  try {
    const { stream } = await client.exec({
      query: `INSERT INTO ${table} FORMAT ParquetMetadata`,
      values: file,
    });
    stream.resume();
    const answer = await client.query({
      query: `SELECT columns.name AS names FROM ${table}`,
      format: 'JSONEachRow',
    });
    const [row] = await answer.json<{ names: string[] }>();
    return row?.names ?? [];
  } finally {
    await client.command({ query: `DROP TABLE IF EXISTS ${table}` });
  }
}

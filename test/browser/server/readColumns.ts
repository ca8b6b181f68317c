import { fieldOf } from './fieldOf';
import type { Column, FrameField } from './frame';

/** The time that the data source gives a query. */
const MAX_SECONDS = 64;

interface Answer {
  readonly meta: readonly { readonly name: string; readonly type: string }[];
  readonly data: readonly (readonly unknown[])[];
}

const SETTINGS = {
  default_format: 'JSONCompact',
  date_time_output_format: 'iso',
  output_format_json_quote_64bit_integers: '0',
  output_format_json_quote_denormals: '1',
  // As a reader of a dashboard should be set up; `2` lets the time limit be set.
  readonly: '2',
  max_execution_time: String(MAX_SECONDS),
};

const DENORMALS: Readonly<Record<string, number>> = {
  nan: NaN,
  '-nan': NaN,
  inf: Infinity,
  '-inf': -Infinity,
};

function valueOf({ type }: FrameField, value: unknown): unknown {
  if (value === null) return null;
  if (type === 'time' && typeof value === 'string') return Date.parse(value);
  if (type === 'number' && typeof value === 'string') return DENORMALS[value] ?? Number(value);
  return value;
}

/** Runs SQL and returns its columns; an error carries the text that the data source would show. */
export async function readColumns(storeUrl: string, sql: string): Promise<readonly Column[]> {
  const query = new URLSearchParams(SETTINGS).toString();
  const response = await fetch(`${storeUrl}/?${query}`, { method: 'POST', body: sql });
  const text = await response.text();
  if (!response.ok) {
    const body = JSON.stringify(`${text.trim()}\n`);
    throw new Error(
      `error querying the database: sendQuery: [HTTP ${response.status}] response body: ${body}`,
    );
  }
  const { meta, data } = JSON.parse(text) as Answer;
  return meta.map(({ name, type }, at) => {
    const field = fieldOf(name, type);
    return { field, values: data.map((row) => valueOf(field, row[at])) };
  });
}

import { UNKNOWN, duration, money, wholeNumber } from './format';
import type { ModelReading } from './readings';

const HEAD = ['model', 'version', 'convention', 'calls/s', 'errors', 'p95', 'tokens', 'cost'];
/** Text on the left, numbers on the right. */
const TEXT_COLUMNS = 3;
const GAP = '  ';

/** Lays cells out in columns. The first row is the head. */
export function layOut(rows: readonly (readonly string[])[], textColumns: number): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]!.length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column < textColumns ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
      )
      .join(GAP)
      .trimEnd(),
  );
}

const cellsOf = (reading: ModelReading, seconds: number): string[] => [
  reading.model === '' ? UNKNOWN : reading.model,
  reading.version === '' ? UNKNOWN : reading.version,
  reading.convention,
  (reading.calls / seconds).toFixed(1),
  wholeNumber(reading.errors),
  duration(reading.p95Ms),
  reading.tokens === null ? UNKNOWN : wholeNumber(reading.tokens),
  money(reading.cost, reading.currency, reading.pricedCalls, reading.costCalls),
];

const sumOf = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
};

/** The line below the others. Latencies of different models have no common percentile. */
function totalOf(readings: readonly ModelReading[]): ModelReading {
  const add = (pick: (reading: ModelReading) => number): number => sumOf(readings.map(pick)) ?? 0;
  const currencies = new Set(
    readings.map(({ currency }) => currency).filter((name) => name !== ''),
  );
  const [currency] = currencies;
  return {
    model: 'all',
    version: '',
    convention: '',
    calls: add(({ calls }) => calls),
    errors: add(({ errors }) => errors),
    p95Ms: null,
    tokens: sumOf(readings.map(({ tokens }) => tokens)),
    // Amounts in several currencies have no sum.
    cost: currencies.size > 1 ? null : sumOf(readings.map(({ cost }) => cost)),
    currency: currency ?? '',
    pricedCalls: add(({ pricedCalls }) => pricedCalls),
    costCalls: add(({ costCalls }) => costCalls),
  };
}

/** The models of the last `seconds` seconds with their total, as lines of plain text. */
export function tableLines(readings: readonly ModelReading[], seconds: number): string[] {
  if (readings.length === 0) return ['waiting for the first rows …'];
  const cells = [...readings, totalOf(readings)].map((reading) => cellsOf(reading, seconds));
  return layOut([HEAD, ...cells], TEXT_COLUMNS);
}

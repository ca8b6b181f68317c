import type { Series } from '../../../charts/TimeSeriesBand';
import { numberOf, type Row, textOf, timeOf } from '../../../queries/rowsOf';

/** Money of one currency; amounts of different currencies never add up. Null where no call has a price. */
export interface Money {
  readonly currency: string;
  readonly cost: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** The columns `cost`, `cost_low`, `cost_high`, `currency` of a row. */
export const moneyOf = (row: Row): Money => ({
  currency: textOf(row, 'currency'),
  cost: numberOf(row, 'cost'),
  low: numberOf(row, 'cost_low'),
  high: numberOf(row, 'cost_high'),
});

/** Whether the bounds say more than the amount. */
export const isUncertain = ({ cost, low, high }: Money): boolean =>
  low !== null && high !== null && (low !== cost || high !== cost);

/** Lines of one currency, for a chart of its own. */
export interface CurrencySeries {
  readonly currency: string;
  readonly series: readonly Series[];
}

/**
 * Rows of `at`, `currency`, a name and numbers as lines by currency and name, in the order in which they come up.
 * `valueColumn` holds the amount; `low` and `high` are its bounds where the rows have them.
 */
export const seriesByCurrency = (
  rows: readonly Row[],
  valueColumn: string,
  nameOf: (row: Row) => string,
): readonly CurrencySeries[] => {
  const lines = new Map<string, Map<string, Series['points'][number][]>>();
  for (const row of rows) {
    const timeMs = timeOf(row, 'at');
    if (timeMs === null) continue;
    const currency = textOf(row, 'currency');
    const ofCurrency = lines.get(currency) ?? new Map<string, Series['points'][number][]>();
    lines.set(currency, ofCurrency);
    const name = nameOf(row);
    const points = ofCurrency.get(name) ?? [];
    ofCurrency.set(name, points);
    points.push({
      timeMs,
      value: numberOf(row, valueColumn),
      low: numberOf(row, 'low'),
      high: numberOf(row, 'high'),
    });
  }
  return [...lines].map(([currency, named]) => ({
    currency,
    series: [...named].map(([name, points]) => ({ name, points })),
  }));
};

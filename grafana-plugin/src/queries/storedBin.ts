import { numberOf, type Row, textOf } from './rowsOf';

/** A bin of a feature with both sides, as `featureBinsSql` tells it. */
export const storedBinOf = (row: Row) => ({
  low: numberOf(row, 'low'),
  high: numberOf(row, 'high'),
  label: textOf(row, 'label'),
  reference: numberOf(row, 'reference_share'),
  current: numberOf(row, 'current_share'),
});

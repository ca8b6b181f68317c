import type { PriceRow } from '../../core/priceRow';
import { OVERRIDE_PREFIX } from './overrideFile';
import { BOOK_PREFIX } from './priceBook';

/** The rows that price version texts name, and the versions that no row has. */
export interface SelectedPrices {
  readonly rows: readonly PriceRow[];
  readonly missing: readonly string[];
}

/**
 * Picks the rows to price by. `priceVersion` is one version or several joined by `+`
 * (`genai-prices@0.1.8+contracts@3f2a9c1b0d5e`). Rows that came from no file (an operator's, by SQL) always count: they
 * end when `valid_to` says so.
 */
export function selectPrices(rows: readonly PriceRow[], priceVersion: string): SelectedPrices {
  const versions = new Set(priceVersion.split('+').filter((version) => version !== ''));
  const present = new Set(rows.map((row) => row.priceVersion));
  const isManaged = (version: string): boolean =>
    version.startsWith(BOOK_PREFIX) || version.startsWith(OVERRIDE_PREFIX);
  return {
    rows: rows.filter((row) => versions.has(row.priceVersion) || !isManaged(row.priceVersion)),
    missing: [...versions].filter((version) => !present.has(version)),
  };
}

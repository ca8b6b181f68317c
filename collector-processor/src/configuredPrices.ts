import { readFile } from 'node:fs/promises';
import type { PriceRow } from './core/priceRow';
import { readOverrides } from './enrich/price/overrideFile';
import { readPriceBook } from './enrich/price/priceBook';

/** The prices that this build and its configuration bring. */
export interface ConfiguredPrices {
  /** Versions of the book and of the contracts, joined by `+`. */
  readonly version: string;
  readonly rows: readonly PriceRow[];
}

/** The built-in price book and the contracts of `prices.overrideFile`. Rejects with every error of that file. */
export async function configuredPrices(overrideFile: string | null): Promise<ConfiguredPrices> {
  const book = await readPriceBook();
  if (overrideFile === null) return book;
  const overrides = readOverrides(await readFile(overrideFile, 'utf8'));
  if (!overrides.ok) throw new Error(`${overrideFile}: ${overrides.errors.join('; ')}`);
  return {
    version: `${book.version}+${overrides.version}`,
    rows: [...book.rows, ...overrides.rows],
  };
}

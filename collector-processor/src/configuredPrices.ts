import { readFile } from 'node:fs/promises';
import type { PriceRow } from './core/priceRow';
import { readOverrides } from './enrich/price/overrideFile';
import { readPriceBook } from './enrich/price/priceBook';

/** The built-in price book and the contracts of `prices.overrideFile`. Rejects with every error of that file. */
export async function configuredPrices(overrideFile: string | null): Promise<PriceRow[]> {
  const book = await readPriceBook();
  if (overrideFile === null) return [...book.rows];
  const overrides = readOverrides(await readFile(overrideFile, 'utf8'));
  if (!overrides.ok) throw new Error(`${overrideFile}: ${overrides.errors.join('; ')}`);
  return [...book.rows, ...overrides.rows];
}

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** What stands where a number is not known. */
export const UNKNOWN = '-';

export const wholeNumber = (value: number): string => grouped.format(value);

/** `1,234 ms` or `12.3 s`. */
export function duration(ms: number | null): string {
  if (ms === null) return UNKNOWN;
  return ms < 10_000 ? `${wholeNumber(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

/** `$0.0123 (94% priced)`; a cost that is not known is `-`, never 0. */
export function money(cost: number | null, currency: string, priced: number, all: number): string {
  if (all === 0) return UNKNOWN;
  // Rounded down: 100% is said only of all.
  const coverage = `(${Math.floor((100 * priced) / all)}% priced)`;
  if (cost === null) return `${UNKNOWN} ${coverage}`;
  const amount = cost.toFixed(4);
  return `${currency === 'USD' ? `$${amount}` : `${amount} ${currency}`} ${coverage}`;
}

/** `0:42`, `12:05`. */
export function clockTime(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

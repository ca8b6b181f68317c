/** How providers call the tier that list prices are for; `auto` asks for it unless the project says otherwise. */
const STANDARD: ReadonlySet<string> = new Set([
  '',
  'auto',
  'default',
  'standard',
  'standard_only',
  'on_demand',
]);
const NAMES: ReadonlyMap<string, string> = new Map([
  ['on_demand_flex', 'flex'],
  ['on_demand_priority', 'priority'],
  ['batches', 'batch'],
]);

/** The tier as price rows spell it: empty for the standard one. */
export function billedTier(told: string): string {
  const tier = told.trim().toLowerCase().replaceAll('-', '_');
  return STANDARD.has(tier) ? '' : (NAMES.get(tier) ?? tier);
}

/**
 * Tiers that are sold below the standard price wherever they are sold (OpenAI, Anthropic, Google, Mistral and Amazon
 * publish batches at half of it, OpenAI and Google flex likewise), so that the standard price bounds them from above.
 */
export const DISCOUNTED: ReadonlySet<string> = new Set(['batch', 'flex']);

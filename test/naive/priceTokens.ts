import { calcPrice } from '@pydantic/genai-prices';

export interface Usage {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly output: number;
}

/** The cost columns, by the price book's own function, called once for each span. */
export function priceTokens(
  provider: string,
  model: string,
  usage: Usage,
  timestamp: Date,
): Record<string, unknown> {
  const price = calcPrice(
    {
      input_tokens: usage.input,
      cache_read_tokens: usage.cacheRead,
      cache_write_tokens: usage.cacheWrite,
      output_tokens: usage.output,
    },
    model,
    { providerId: provider, timestamp },
  );
  if (!price) return { cost_status: 'unpriced' };
  const cost = price.total_price.toFixed(9);
  return {
    cost,
    cost_low: cost,
    cost_high: cost,
    costs: { input: price.input_price.toFixed(9), output: price.output_price.toFixed(9) },
    currency: 'USD',
    cost_status: 'priced',
    price_rule: `${price.provider.id}/${price.model.id}`,
  };
}

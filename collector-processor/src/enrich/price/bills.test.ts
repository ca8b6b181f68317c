import { beforeAll, describe, expect, test } from '@jest/globals';
import { Inference, TOKEN_BUCKETS, type TokenBucket } from '../../core/inference';
import { readPriceBook } from './priceBook';
import { createPricer, type Pricer } from './pricer';

/*
 * Bills worked by hand: tokens × public list price (currency per million tokens), in nano-dollars. A price of $1 per
 * million tokens is 1,000 nano-dollars a token.
 */

type Usage = Partial<Record<TokenBucket, number>>;

let pricer: Pricer;
beforeAll(async () => {
  pricer = createPricer((await readPriceBook()).rows);
});

/** A call of noon on `day`, priced. */
function bill(
  call: { provider: string; model: string; version?: string; day?: string },
  usage: Usage,
  more: Partial<Pick<Inference, 'modelType' | 'inputTokensHigh'>> = {},
): Inference {
  const inference = new Inference();
  inference.modelType = 'llm';
  inference.provider = call.provider;
  inference.model = call.model;
  inference.version = call.version ?? call.model;
  inference.time = Date.parse(`${call.day ?? '2025-10-01'}T12:00:00Z`);
  for (const [bucket, tokens] of Object.entries(usage))
    inference.tokens[TOKEN_BUCKETS.indexOf(bucket as TokenBucket)] = tokens;
  Object.assign(inference, more);
  pricer.price(inference);
  return inference;
}

const costsOf = (inference: Inference): Usage =>
  Object.fromEntries(
    TOKEN_BUCKETS.map((bucket, index) => [bucket, inference.costs[index]!]).filter(
      ([, cost]) => !Number.isNaN(cost),
    ),
  ) as Usage;

const summary = ({ costStatus, cost, costLow, costHigh, currency, priceRule }: Inference) => ({
  costStatus,
  cost,
  costLow,
  costHigh,
  currency,
  priceRule,
});

const priced = (cost: number, priceRule: string) => ({
  costStatus: 'priced',
  cost,
  costLow: cost,
  costHigh: cost,
  currency: 'USD',
  priceRule,
});

describe('bills worked by hand', () => {
  test('OpenAI gpt-4o with cached input', () => {
    // openai.com/api/pricing, 2025: input $2.50, cached input $1.25, output $10.
    const call = bill(
      { provider: 'openai', model: 'gpt-4o', version: 'gpt-4o-2024-08-06' },
      { input: 1_001, cache_read: 1_920, output: 333 },
    );
    // 1,001 × 2,500 = 2,502,500; 1,920 × 1,250 = 2,400,000; 333 × 10,000 = 3,330,000.
    expect(summary(call)).toEqual(priced(8_232_500, 'openai:gpt-4o'));
    expect(costsOf(call)).toEqual({ input: 2_502_500, cache_read: 2_400_000, output: 3_330_000 });
    expect(call.priceVersion).toMatch(/^genai-prices@\d+\.\d+\.\d+$/);
  });

  test('OpenAI o4-mini: reasoning is billed as output', () => {
    // openai.com/api/pricing, 2025: input $1.10, cached $0.275, output $4.40.
    const call = bill(
      { provider: 'openai', model: 'o4-mini', version: 'o4-mini-2025-04-16' },
      { input: 77, cache_read: 1_024, output: 120, reasoning: 704 },
    );
    // 77 × 1,100 = 84,700; 1,024 × 275 = 281,600; 120 × 4,400 = 528,000; 704 × 4,400 = 3,097,600.
    expect(summary(call)).toEqual(priced(3_991_900, 'openai:o4-mini'));
  });

  test('OpenAI o3: the price cut of 2025-06-10', () => {
    // Before: input $10, output $40; from 2025-06-10: $2 and $8.
    const usage = { input: 1_000, output: 100 };
    const call = { provider: 'openai', model: 'o3' };
    expect(bill({ ...call, day: '2025-06-09' }, usage).cost).toBe(10_000_000 + 4_000_000);
    expect(bill({ ...call, day: '2025-06-10' }, usage).cost).toBe(2_000_000 + 800_000);
  });

  test('OpenAI embedding: input only', () => {
    // openai.com/api/pricing: text-embedding-3-small $0.02.
    const call = bill(
      { provider: 'openai', model: 'text-embedding-3-small' },
      { input: 8_191 },
      { modelType: 'embedding' },
    );
    expect(summary(call)).toEqual(priced(163_820, 'openai:text-embedding-3-small'));
  });

  test('OpenAI gpt-4o-transcribe: audio tokens have their own price', () => {
    // openai.com/api/pricing, 2025: text input $2.50, audio input $6, output $10.
    const call = bill(
      { provider: 'openai', model: 'gpt-4o-transcribe' },
      { input: 14, audio_in: 600, output: 90 },
    );
    // 14 × 2,500 = 35,000; 600 × 6,000 = 3,600,000; 90 × 10,000 = 900,000.
    expect(summary(call)).toEqual(priced(4_535_000, 'openai:gpt-4o-transcribe'));
  });

  test('Anthropic Claude Sonnet 4: cache writes of 5 minutes and of 1 hour', () => {
    // anthropic.com/pricing, 2025: input $3, output $15, cache read $0.30, write 5m $3.75 (1.25 ×), write 1h $6 (2 ×).
    // The raw counts are exclusive: `input_tokens` 12 stands beside 30,000 read and 2,500 + 700 written.
    const call = bill(
      { provider: 'anthropic', model: 'claude-sonnet-4-0', version: 'claude-sonnet-4-20250514' },
      { input: 12, cache_read: 30_000, cache_write_5m: 2_500, cache_write_1h: 700, output: 451 },
    );
    // 12 × 3,000 = 36,000; 30,000 × 300 = 9,000,000; 2,500 × 3,750 = 9,375,000; 700 × 6,000 = 4,200,000;
    // 451 × 15,000 = 6,765,000.
    expect(summary(call)).toEqual(priced(29_376_000, 'anthropic:claude-sonnet-4-0'));
    expect(costsOf(call)).toEqual({
      input: 36_000,
      cache_read: 9_000_000,
      cache_write_5m: 9_375_000,
      cache_write_1h: 4_200_000,
      output: 6_765_000,
    });
  });

  test('Anthropic, inclusive or exclusive left open: both bounds', () => {
    // Told: input 5,000 and 3,000 read. Inclusive: 2,000 fresh; exclusive: 5,000 fresh.
    const call = bill(
      { provider: 'anthropic', model: 'claude-sonnet-4-20250514' },
      { input: 2_000, cache_read: 3_000, output: 10 },
      { inputTokensHigh: 5_000 },
    );
    // 2,000 × 3,000 + 3,000 × 300 + 10 × 15,000 = 7,050,000; with 5,000 fresh: 16,050,000.
    expect(summary(call)).toEqual({
      ...priced(7_050_000, 'anthropic:claude-sonnet-4-0'),
      costHigh: 16_050_000,
    });
  });

  test('Anthropic Claude Sonnet 4.5: the whole request at the long-context price, cached tokens counted', () => {
    // anthropic.com/pricing, 2025-09: above 200,000 input tokens input $6, output $22.50, read $0.60, write 5m $7.50.
    const at = (cached: number) =>
      bill(
        { provider: 'anthropic', model: 'claude-sonnet-4-5-20250929' },
        { input: 1_000, cache_read: cached, output: 100 },
      );
    // 1,000 × 3,000 + 199,000 × 300 + 100 × 15,000 = 64,200,000.
    expect(at(199_000).cost).toBe(64_200_000);
    // 1,000 × 6,000 + 199,001 × 600 + 100 × 22,500 = 127,650,600.
    expect(at(199_001).cost).toBe(127_650_600);
    expect(at(199_001).priceRule).toBe('anthropic:claude-sonnet-4-5 above 200000 tokens');
  });

  test('Gemini 2.5 Pro: thinking, and the price above 200,000 tokens', () => {
    // ai.google.dev/gemini-api/docs/pricing, 2025: input $1.25, cached $0.125, output including thinking $10;
    // above 200,000: $2.50, $0.25, $15.
    const small = bill(
      { provider: 'gcp.gemini', model: 'gemini-2.5-pro', version: 'models/gemini-2.5-pro' },
      { input: 1_237, cache_read: 4_091, output: 250, reasoning: 1_813 },
    );
    // 1,237 × 1,250 = 1,546,250; 4,091 × 125 = 511,375; 250 × 10,000 = 2,500,000; 1,813 × 10,000 = 18,130,000.
    expect(summary(small)).toEqual(priced(22_687_625, 'google:gemini-2.5-pro'));

    const large = bill(
      { provider: 'gcp.vertex_ai', model: 'gemini-2.5-pro' },
      { input: 150_000, cache_read: 60_000, output: 1_000, reasoning: 3_000 },
    );
    // 150,000 × 2,500 = 375,000,000; 60,000 × 250 = 15,000,000; 4,000 × 15,000 = 60,000,000.
    expect(summary(large)).toEqual(
      priced(450_000_000, 'google:gemini-2.5-pro above 200000 tokens'),
    );
  });

  test('Bedrock: Nova Micro, whose prices do not end at a nano-dollar', () => {
    // aws.amazon.com/bedrock/pricing: input $0.035, cache read $0.00875, output $0.14.
    const call = bill(
      { provider: 'aws.bedrock', model: 'us.amazon.nova-micro-v1:0' },
      { input: 7, cache_read: 3, output: 1 },
    );
    // 7 × 35 = 245; 3 × 8.75 = 26.25; 1 × 140 = 140; together 411.25, rounded once: 411.
    expect(summary(call)).toEqual(priced(411, 'aws:amazon.nova-micro-v1:0'));
    expect(costsOf(call)).toEqual({ input: 245, cache_read: 26, output: 140 });
  });

  test('Bedrock: the region in the requested id decides, also inside an ARN', () => {
    // aws.amazon.com/bedrock/pricing, 2025-10: Claude Sonnet 4.5 global $3 and $15, regional 10% more: $3.30 and $16.50.
    const regional = bill(
      {
        provider: 'aws.bedrock',
        model: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
        version: 'claude-sonnet-4-5-20250929',
      },
      { input: 1_000, output: 100 },
    );
    // 1,000 × 3,300 + 100 × 16,500 = 4,950,000.
    expect(regional.cost).toBe(4_950_000);
    const global = bill(
      {
        provider: 'bedrock',
        model:
          'arn:aws:bedrock:eu-west-1:123456789012:inference-profile/global.anthropic.claude-sonnet-4-5-20250929-v1:0',
        version: 'claude-sonnet-4-5-20250929',
      },
      { input: 1_000, cache_write_1h: 10, output: 100 },
    );
    // 1,000 × 3,000 + 10 × 6,000 (2 × input; the book has no 1-hour price here) + 100 × 15,000 = 4,560,000.
    expect(global.cost).toBe(4_560_000);
  });

  test('Azure: a deployment name, answered by gpt-4o, sold at the price of OpenAI', () => {
    // azure.microsoft.com, Azure OpenAI pricing, Global, 2025: gpt-4o input $2.50, cached $1.25, output $10.
    const call = bill(
      { provider: 'azure.ai.openai', model: 'prod-chat', version: 'gpt-4o-2024-11-20' },
      { input: 919, cache_read: 128, output: 41 },
    );
    // 919 × 2,500 = 2,297,500; 128 × 1,250 = 160,000; 41 × 10,000 = 410,000.
    expect(summary(call)).toEqual(priced(2_867_500, 'azure:gpt-4o, at the price of openai'));
    // Azure's own entry stands above that of OpenAI: o4-mini cached $0.28 there, not $0.275.
    const own = bill(
      { provider: 'azure.ai.openai', model: 'o4-mini' },
      { input: 0, cache_read: 1_000, output: 0 },
    );
    expect(own.cost).toBe(280_000);
  });

  test('Mistral Large', () => {
    // mistral.ai/pricing, 2024-11: mistral-large-2411 $2 and $6.
    const call = bill(
      { provider: 'mistral_ai', model: 'mistral-large-latest', version: 'mistral-large-2411' },
      { input: 1_234, output: 567 },
    );
    // 1,234 × 2,000 + 567 × 6,000 = 5,870,000.
    expect(summary(call)).toEqual(priced(5_870_000, 'mistral:mistral-large'));
  });

  test('DeepSeek: the surcharge of some hours of the day (UTC)', () => {
    // api-docs.deepseek.com, 2025: 00:30 to 16:30 input $0.27, output $1.10, else half of it.
    const at = (hour: string): number => {
      const inference = bill(
        { provider: 'deepseek', model: 'deepseek-chat' },
        { input: 1_000, output: 100 },
      );
      inference.time = Date.parse(`2025-06-01T${hour}:00Z`);
      pricer.price(inference);
      return inference.cost;
    };
    expect([at('00:29'), at('00:30'), at('16:29'), at('16:30')]).toEqual([
      190_000, 380_000, 380_000, 190_000,
    ]);
  });
});

import { beforeAll, describe, expect, test } from '@jest/globals';
import { calcPrice, type Provider, waitForUpdate } from '@pydantic/genai-prices';
import { BUCKET, Inference } from '../../core/inference';
import { NO_END_MS } from '../../core/priceRow';
import { parseMatch } from './matchClause';
import { matchTexts } from './matchTexts';
import { type PriceBook, readPriceBook } from './priceBook';
import { createPricer, type Pricer } from './pricer';

let book: PriceBook;
let pricer: Pricer;
let providers: readonly Provider[];
beforeAll(async () => {
  book = await readPriceBook();
  pricer = createPricer(book.rows);
  providers = (await waitForUpdate()) ?? [];
});

function priceOf(provider: string, model: string, timestamp: Date, usage: number[]): Inference {
  const inference = new Inference();
  Object.assign(inference, { modelType: 'llm', provider, model, version: model });
  inference.time = timestamp.getTime();
  inference.tokens.set(usage);
  pricer.price(inference);
  return inference;
}

/** Names that a match is about, with what clouds and dates append to them. */
const namesOf = (match: Provider['models'][number]['match']): string[] =>
  matchTexts(match)
    .map((text) => text.split(' & ')[0]!)
    .filter((text) => !text.startsWith('regex:'))
    .map((text) => text.slice(text.indexOf(':') + 1))
    .flatMap((name) => [name, `${name}-20250514`]);

describe('the price book as rows', () => {
  test('prices every name of every provider as the package does', () => {
    const days = ['2025-06-15T03:00:00Z', '2026-08-20T12:00:00Z', '2027-02-01T20:00:00Z'];
    let compared = 0;
    const wrong: unknown[] = [];
    for (const timestamp of days.map((day) => new Date(day)))
      for (const provider of providers)
        for (const name of provider.models.flatMap(({ match }) => namesOf(match))) {
          const usage = { input_tokens: 210_000, output_tokens: 1_000 };
          const theirs = calcPrice(usage, name, { providerId: provider.id, timestamp });
          const prices = theirs === null ? {} : theirs.model_price;
          // What they do not price, or only by way of a fee, has its own tests.
          if (prices.input_mtok === undefined || prices.output_mtok === undefined) continue;
          if (prices.requests_kcount !== undefined) continue;
          // A surcharge that began with a price change is not taken back in time, as the package does.
          if (provider.id === 'deepseek' && timestamp < new Date('2026-08-17')) continue;
          const ours = priceOf(provider.id, name, timestamp, [210_000, NaN, NaN, NaN, 1_000]);
          const expected = Math.round(theirs!.total_price * 1e9);
          if (ours.cost !== expected) wrong.push([provider.id, name, ours.cost, expected]);
          compared++;
        }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(5_000);
  });

  test('has a version, no rows that cannot be used, and no price below zero', () => {
    expect(book.version).toMatch(/^genai-prices@\d+\.\d+\.\d+$/);
    expect(pricer.problems).toEqual([]);
    expect(book.rows.length).toBeGreaterThan(5_000);
    const unusable = book.rows.filter(
      ({ modelMatch, nanoPerMillion, priceVersion }) =>
        typeof parseMatch(modelMatch) === 'string' ||
        !(nanoPerMillion >= 0) ||
        priceVersion !== book.version,
    );
    expect(unusable).toEqual([]);
  });

  test('has no two rows that the table would take for one', () => {
    const keys = book.rows.map((row) =>
      JSON.stringify([
        row.source,
        row.provider,
        row.modelId,
        row.bucket,
        row.tierStartTokens,
        row.validFromMs,
        row.rule,
        row.modelMatch,
      ]),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('dates a price by when it started and ended', () => {
    const rows = book.rows.filter(
      ({ provider, modelMatch, bucket }) =>
        provider === 'openai' && modelMatch === 'equals:o3' && bucket === 'input',
    );
    const cut = Date.UTC(2025, 5, 10);
    expect(
      rows.map(({ validFromMs, validToMs, nanoPerMillion }) => [
        validFromMs,
        validToMs,
        nanoPerMillion,
      ]),
    ).toEqual([
      [0, cut, 10e9],
      [cut, NO_END_MS, 2e9],
    ]);
  });

  test('writes hours of the day into the match, from the start of their price on', () => {
    const rows = book.rows.filter(
      ({ provider, modelId, bucket }) =>
        provider === 'deepseek' && modelId === 'deepseek-v4-pro' && bucket === 'output',
    );
    expect(new Set(rows.map(({ modelMatch }) => modelMatch.split(' & ')[1]))).toEqual(
      new Set([undefined, 'hours:01:00-04:00', 'hours:06:00-10:00']),
    );
    for (const { modelMatch, validFromMs } of rows)
      if (modelMatch.includes('hours:')) expect(validFromMs).toBe(Date.UTC(2026, 7, 17));
  });

  test.each([
    ['anthropic', 'claude-sonnet-4-20250514', 6_000],
    ['aws', 'global.anthropic.claude-sonnet-4-5-20250929-v1:0', 6_000],
    ['google', 'claude-3-7-sonnet@20250219', 6_000],
  ])('%s %s: a cache write of 1 hour costs twice the input', (provider, model, nano) => {
    const call = priceOf(provider, model, new Date('2025-10-01'), [0, 0, 0, 1, 0]);
    expect([call.costStatus, call.cost]).toEqual(['priced', nano]);
  });

  test('a reseller of Claude without a price for 1 hour has none', () => {
    const call = priceOf(
      'github-copilot',
      'claude-opus-5',
      new Date('2026-09-10'),
      [5, 0, 0, 1, 1],
    );
    expect(call.costStatus).toBe('partial');
    expect(call.costs[BUCKET.cacheWrite1h]).toBeNaN();
  });

  test('free is what the book calls free; an entry without prices is unknown', () => {
    const day = new Date('2026-09-10');
    const free = priceOf('openrouter', 'deepseek/deepseek-r1:free', day, [5, 0, 0, 0, 1]);
    expect([free.costStatus, free.cost, free.costHigh]).toEqual(['priced', 0, 0]);
    const unknown = priceOf('google', 'gemma-3', day, [5, 0, 0, 0, 1]);
    expect([unknown.costStatus, unknown.cost]).toEqual(['unpriced', NaN]);
  });

  test('a fee that the book knows by its maximum only moves the upper bound', () => {
    // Perplexity sonar: $1 and $1 per million, and "the highest price shown" of $12 per thousand requests.
    const call = priceOf('perplexity', 'sonar', new Date('2026-01-01'), [10, NaN, NaN, NaN, 10]);
    expect([call.costStatus, call.cost, call.costLow, call.costHigh]).toEqual([
      'partial',
      20_000,
      20_000,
      12_020_000,
    ]);
  });

  test('image tokens that usage does not tell apart move the upper bound only', () => {
    // gemini-2.5-flash-image: output $2.50, image output $30.
    const call = priceOf('google', 'gemini-2.5-flash-image', new Date('2026-01-01'), [
      0,
      NaN,
      NaN,
      NaN,
      1_290,
    ]);
    expect([call.costStatus, call.cost, call.costHigh]).toEqual(['partial', 3_225_000, 38_700_000]);
  });

  test('cached tokens of a call with audio may be audio', () => {
    // gemini-2.5-flash: cached $0.03, cached audio $0.10, audio input $1, input $0.30, output $2.50.
    const day = new Date('2026-01-01');
    const text = priceOf('google', 'gemini-2.5-flash', day, [10, 100, NaN, NaN, 1]);
    expect([text.costStatus, text.cost]).toEqual(['priced', 3_000 + 3_000 + 2_500]);
    const audio = priceOf('google', 'gemini-2.5-flash', day, [10, 100, NaN, NaN, 1, NaN, 20]);
    expect([audio.costStatus, audio.cost, audio.costHigh]).toEqual([
      'partial',
      8_500 + 20_000,
      8_500 + 20_000 + 100 * 70,
    ]);
  });
});

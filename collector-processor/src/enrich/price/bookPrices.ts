import type { ConditionalPrice, ModelInfo, ModelPrice, Provider } from '@pydantic/genai-prices';
import { NO_END_MS } from '../../core/priceRow';
import { AUDIO_CACHE_MAX } from './priceBuckets';

/** One price of a model: a bucket, the input length it starts at, and how it is known. */
export interface BookPrice {
  readonly bucket: string;
  readonly tierStartTokens: number;
  readonly nanoPerMillion: number;
  readonly source: string;
}

/** Prices that hold from one time to another, all day or in some hours (`HH:MM-HH:MM`, UTC). */
export interface BookPeriod {
  readonly fromMs: number;
  readonly toMs: number;
  readonly hours: string;
  readonly prices: readonly BookPrice[];
}

/** `v_prices` shows the last version of each source, so sources have no parts that change from row to row. */
const SOURCE = 'genai-prices';
const DERIVED_SOURCE = 'genai-prices (derived)';

/**
 * The book's units as our buckets. What usage cannot tell apart becomes an upper bound (`_max`). Units that no span
 * tells (searches, pages, seconds of audio) are left out: the cost is that of tokens and of fees per call.
 */
const BUCKETS: Readonly<Record<string, string>> = {
  input_mtok: 'input',
  cache_read_mtok: 'cache_read',
  cache_write_mtok: 'cache_write_5m',
  cache_write_1h_mtok: 'cache_write_1h',
  output_mtok: 'output',
  output_reasoning_mtok: 'reasoning',
  input_audio_mtok: 'audio_in',
  output_audio_mtok: 'audio_out',
  cache_audio_read_mtok: AUDIO_CACHE_MAX,
  cache_image_read_mtok: 'cache_read_max',
  input_image_mtok: 'input_max',
  input_video_mtok: 'input_max',
  output_image_mtok: 'output_max',
  output_video_mtok: 'output_max',
  requests_kcount: 'request',
};

/** The book takes the highest of several fees here (its own comment on the provider), so it is a bound, not a price. */
const HIGHEST_FEE: ReadonlySet<string> = new Set(['perplexity']);

const FREE = ['input', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'output'];

/** Who bills Claude's cache writes as Anthropic publishes them; resellers may not. */
const CLAUDE_AS_PUBLISHED: ReadonlySet<string> = new Set([
  'anthropic',
  'aws',
  'azure',
  'google',
  'openrouter',
]);

/**
 * Anthropic: "5-minute cache write tokens are 1.25 times the base input tokens price, 1-hour cache write tokens are
 * 2 times the base input tokens price" (https://platform.claude.com/docs/en/build-with-claude/prompt-caching#pricing).
 */
const CLAUDE_WRITES = [
  ['cache_write_5m', 1.25],
  ['cache_write_1h', 2],
] as const;

/** No entry at all means free only where the book says that it is; else it means that nobody knew. */
const isFree = ({ id, description, price_comments: comments }: ModelInfo): boolean =>
  id.endsWith(':free') ||
  /free of charge|included in the subscription/i.test(`${description ?? ''} ${comments ?? ''}`);

function cellsOf(bucket: string, price: NonNullable<ModelPrice[string]>): BookPrice[] {
  const unit = bucket.startsWith('request') ? 1e12 : 1e9;
  const steps =
    typeof price === 'number' ? [] : price.tiers.map(({ start, price: above }) => [start, above]);
  return [[0, typeof price === 'number' ? price : price.base], ...steps].map(([start, amount]) => ({
    bucket,
    tierStartTokens: start!,
    nanoPerMillion: Math.round(amount! * unit),
    source: SOURCE,
  }));
}

function claudeWrites(cells: readonly BookPrice[]): BookPrice[] {
  const has = (name: string): boolean => cells.some(({ bucket }) => bucket === name);
  if (!has('cache_read') && !has('cache_write_5m')) return [];
  return CLAUDE_WRITES.filter(([bucket]) => !has(bucket)).flatMap(([bucket, times]) =>
    cells
      .filter((cell) => cell.bucket === 'input')
      .map((cell) => ({
        ...cell,
        bucket,
        nanoPerMillion: Math.round(cell.nanoPerMillion * times),
        source: DERIVED_SOURCE,
      })),
  );
}

/** Keeps the highest of the bounds of a bucket, and only when it is above the price that it bounds. */
function withoutIdleBounds(cells: readonly BookPrice[]): BookPrice[] {
  const highest = (bucket: string): number =>
    Math.max(
      ...cells.filter((cell) => cell.bucket === bucket).map(({ nanoPerMillion }) => nanoPerMillion),
    );
  return cells.filter(({ bucket, nanoPerMillion }, index) => {
    if (!bucket.endsWith('_max')) return true;
    const bounded = bucket === AUDIO_CACHE_MAX ? 'cache_read' : bucket.slice(0, -'_max'.length);
    return (
      nanoPerMillion > highest(bounded) &&
      index ===
        cells.findIndex((cell) => cell.bucket === bucket && cell.nanoPerMillion === highest(bucket))
    );
  });
}

function pricesOf(provider: Provider, model: ModelInfo, prices: ModelPrice): BookPrice[] {
  const entries = Object.entries(prices);
  if (entries.length === 0 && isFree(model)) return FREE.flatMap((bucket) => cellsOf(bucket, 0));
  const cells = entries.flatMap(([unit, price]) => {
    const bucket = BUCKETS[unit];
    if (bucket === undefined || price === undefined) return [];
    const bound = bucket === 'request' && HIGHEST_FEE.has(provider.id);
    return cellsOf(bound ? 'request_max' : bucket, price);
  });
  if (CLAUDE_AS_PUBLISHED.has(provider.id) && model.id.includes('claude'))
    cells.push(...claudeWrites(cells));
  return withoutIdleBounds(cells);
}

/** `00:30:00Z` as `00:30`. */
const clock = (time: string): string => {
  if (!/^\d\d:\d\d:00Z$/.test(time)) throw new Error(`unexpected time of day in the book: ${time}`);
  return time.slice(0, 5);
};

/**
 * A model's prices with the times they hold. The book lists conditions of which the last one that holds wins; a time of
 * day after a start date belongs to that date, since the surcharge came with those prices.
 */
export function bookPeriods(provider: Provider, model: ModelInfo): BookPeriod[] {
  const { prices } = model;
  const list: readonly ConditionalPrice[] = Array.isArray(prices) ? prices : [{ prices }];
  const starts = list.map(({ constraint }) =>
    constraint?.type === 'start_date'
      ? Date.parse(`${constraint.start_date}T00:00:00Z`)
      : undefined,
  );
  return list.map(({ constraint, prices: entry }, index) => ({
    fromMs: starts.slice(0, index + 1).findLast((start) => start !== undefined) ?? 0,
    toMs: starts.slice(index + 1).find((start) => start !== undefined) ?? NO_END_MS,
    hours:
      constraint?.type === 'time_of_date'
        ? `${clock(constraint.start_time)}-${clock(constraint.end_time)}`
        : '',
    prices: pricesOf(provider, model, entry),
  }));
}

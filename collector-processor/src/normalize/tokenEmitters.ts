import { remember } from './remember';

/**
 * Whether a count of input tokens includes the cached ones depends on who counted. OpenTelemetry (since 1.40), OpenAI
 * and Google include them, Anthropic's and Bedrock's APIs do not, and emitters pass on what they get or add it up.
 */
export type Counting = 'inclusive' | 'exclusive' | 'unknown';

/** What the names of the cache attributes alone tell; empty when they tell nothing. */
export type CacheKeyRule = '' | 'semconv' | 'openinference' | 'vercel' | 'vercel5';

/**
 * `gen_ai.usage.cache_read.input_tokens` came into OTel together with "input_tokens includes cached tokens";
 * OpenInference defines its details as parts of the prompt count. The AI SDK includes cached tokens since it tells
 * `inputTokenDetails` (version 6); before, it passed on the provider's count.
 */
const KEY_RULES: readonly (readonly [Exclude<CacheKeyRule, ''>, RegExp])[] = [
  ['vercel', /^ai\.usage\.inputTokenDetails\./],
  ['semconv', /^gen_ai\.usage\.cache_(?:read|creation|write)\.input_tokens$/],
  ['openinference', /^llm\.token_count\.prompt_details\.cache_(?:read|write)$/],
  ['vercel5', /^ai\.usage\.cachedInputTokens$/],
];

export function cacheKeyRule(keys: readonly string[]): CacheKeyRule {
  return KEY_RULES.find(([, pattern]) => keys.some((key) => pattern.test(key)))?.[0] ?? '';
}

/** What is known of one instrumentation. */
interface Emitter {
  /** Start of its instrumentation scope's name. */
  readonly scope: string;
  /** Only versions below this one. */
  readonly before?: string;
  /** Only these providers. */
  readonly providers?: readonly string[];
  /** `unknown`: its cache attributes mean different things by version or model, so their names prove nothing. */
  readonly counting: Counting;
}

/** Instrumentations whose counting was read in their source or change log; the first that fits decides. */
const EMITTERS: readonly Emitter[] = [
  // OpenLLMetry adds cached tokens up since it tells them (traceloop/openllmetry#2175).
  { scope: 'opentelemetry.instrumentation.anthropic', counting: 'inclusive' },
  // Adds up with genai-prices (langfuse/langfuse#12306).
  { scope: 'pydantic-ai', counting: 'inclusive' },
  // Adds up in its usage object, whatever the provider.
  { scope: 'litellm', counting: 'inclusive' },
  // Writes OTel's names with the API's own, exclusive count (openlit/openlit: instrumentation/anthropic/utils.py).
  { scope: 'openlit', providers: ['anthropic'], counting: 'exclusive' },
  // Added up from 0.1.55 on (Arize-ai/openinference#2414).
  { scope: 'openinference.instrumentation.langchain', before: '0.1.55', counting: 'unknown' },
  // Passed the API's count on until pydantic/logfire#1812.
  { scope: 'logfire.anthropic', counting: 'unknown' },
  // Passes on what the model's API counts; its provider name is its own.
  { scope: 'strands.', counting: 'unknown' },
];

/** Providers whose APIs count cached tokens as part of the input; a name ending in `.` stands for a family. */
const INCLUSIVE_PROVIDERS: readonly string[] = [
  'openai',
  'azure.ai.',
  'gcp.',
  'x_ai',
  'deepseek',
  'groq',
  'mistral_ai',
  'moonshot_ai',
  'perplexity',
  'openrouter',
];

/** Providers that count cached tokens beside the input. */
const EXCLUSIVE_PROVIDERS: ReadonlySet<string> = new Set(['anthropic', 'aws.bedrock']);

const emittersOf = remember((scope): readonly Emitter[] =>
  EMITTERS.filter((emitter) => scope.startsWith(emitter.scope)),
);

/** What is known of the emitter; undefined when it is not in the table. */
export function countingOfEmitter(
  scope: string,
  version: string,
  provider: string,
): Counting | undefined {
  const emitters = emittersOf(scope);
  if (emitters.length === 0) return undefined;
  return emitters.find(
    ({ before, providers }) =>
      (before === undefined || isBefore(version, before)) &&
      (providers === undefined || providers.includes(provider)),
  )?.counting;
}

const ownCounting = remember((provider): Counting | undefined => {
  if (EXCLUSIVE_PROVIDERS.has(provider)) return 'exclusive';
  const isInclusive = INCLUSIVE_PROVIDERS.some((name) =>
    name.endsWith('.') ? provider.startsWith(name) : provider === name,
  );
  return isInclusive ? 'inclusive' : undefined;
});

/**
 * What the provider's own API does; undefined when we do not know. Claude keeps Anthropic's way of counting on the
 * platforms of others.
 */
export function countingOfProvider(provider: string, model: string): Counting | undefined {
  const isReseller = provider.startsWith('gcp.') || provider.startsWith('azure.');
  return isReseller && model.includes('claude') ? 'exclusive' : ownCounting(provider);
}

/** Compares dotted versions number by number; a scope without a version is not before any. */
function isBefore(version: string, bound: string): boolean {
  if (version === '') return false;
  const numbers = version.split('.').map((part) => Number.parseInt(part, 10));
  const limits = bound.split('.').map(Number);
  for (const [index, limit] of limits.entries()) {
    const number = numbers[index] ?? 0;
    if (Number.isNaN(number)) return false;
    if (number !== limit) return number < limit;
  }
  return false;
}

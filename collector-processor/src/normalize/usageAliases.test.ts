import { describeAliases } from '../../../test/support/describeAliases';
import { BUCKET } from '../core/inference';

const text = (place: number): string => `told${place}`;
const count = (place: number): number => 1_000 + place;
const u = (...names: string[]): string[] => names.map((name) => `gen_ai.usage.${name}`);

// Written out here, not taken from the table.
describeAliases([
  {
    what: 'input tokens',
    keys: [
      ...u('input_tokens', 'prompt_tokens'),
      'llm.token_count.prompt',
      'llm.usage.prompt_tokens',
      'ai.usage.promptTokens',
      'ai.usage.inputTokens',
      'ai.usage.tokens',
    ],
    told: count,
    read: ({ tokens }) => tokens[BUCKET.input],
  },
  {
    what: 'output tokens',
    keys: [
      ...u('output_tokens', 'completion_tokens'),
      'llm.token_count.completion',
      'llm.usage.completion_tokens',
      'ai.usage.completionTokens',
      'ai.usage.outputTokens',
    ],
    told: count,
    read: ({ tokens }) => tokens[BUCKET.output],
  },
  {
    what: 'tokens read from the cache',
    keys: [
      ...u(
        'cache_read.input_tokens',
        'cache_read_input_tokens',
        'cache_read_tokens',
        'details.cache_read_tokens',
        'details.cache_read_input_tokens',
        'prompt_details.cache_read',
        'input_cached_tokens',
        'input_cache_tokens',
        'input_tokens.cached',
        'cached_tokens',
      ),
      'llm.token_count.prompt_details.cache_read',
      'ai.usage.inputTokenDetails.cacheReadTokens',
      'ai.usage.cachedInputTokens',
    ],
    told: count,
    read: ({ tokens }) => tokens[BUCKET.cacheRead],
  },
  {
    what: 'tokens written to the cache',
    keys: [
      ...u(
        'cache_creation.input_tokens',
        'cache_write.input_tokens',
        'cache_creation_input_tokens',
        'cache_write_input_tokens',
        'cache_write_tokens',
        'details.cache_write_tokens',
        'details.cache_creation_input_tokens',
        'prompt_details.cache_write',
        'input_cache_creation',
        'input_tokens.cache_write',
      ),
      'llm.token_count.prompt_details.cache_write',
      'ai.usage.inputTokenDetails.cacheWriteTokens',
    ],
    told: count,
    read: ({ tokens }) => tokens[BUCKET.cacheWrite5m],
  },
  {
    what: 'tokens written for five minutes',
    keys: [
      ...u(
        'cache_creation.ephemeral_5m_input_tokens',
        'cache_creation.ephemeral_5m.input_tokens',
        'cache_creation_ephemeral_5m_input_tokens',
        'details.ephemeral_5m_input_tokens',
      ),
      'dash0.gen_ai.usage.cache_creation.ephemeral_5m.input_tokens',
    ],
    told: count,
    read: ({ tokens }) => tokens[BUCKET.cacheWrite5m],
  },
  {
    what: 'tokens written for an hour',
    keys: [
      ...u(
        'cache_creation.ephemeral_1h_input_tokens',
        'cache_creation.ephemeral_1h.input_tokens',
        'cache_creation_ephemeral_1h_input_tokens',
        'details.ephemeral_1h_input_tokens',
      ),
      'dash0.gen_ai.usage.cache_creation.ephemeral_1h.input_tokens',
    ],
    told: count,
    read: ({ tokens }) => tokens[BUCKET.cacheWrite1h],
  },
  {
    what: 'reasoning tokens',
    keys: [
      ...u(
        'reasoning.output_tokens',
        'reasoning_tokens',
        'details.reasoning_tokens',
        'completion_details.reasoning',
        'output_tokens.reasoning',
      ),
      'llm.token_count.completion_details.reasoning',
      'ai.usage.outputTokenDetails.reasoningTokens',
      'ai.usage.reasoningTokens',
    ],
    told: count,
    read: ({ tokens }) => tokens[BUCKET.reasoning],
  },
  {
    what: 'audio tokens heard',
    keys: [
      ...u('audio.input_tokens', 'details.input_audio_tokens'),
      'llm.token_count.prompt_details.audio',
    ],
    told: count,
    read: ({ tokens }) => tokens[BUCKET.audioIn],
  },
  {
    what: 'audio tokens spoken',
    keys: [
      ...u('audio.output_tokens', 'details.output_audio_tokens', 'completion_details.audio'),
      'llm.token_count.completion_details.audio',
    ],
    told: count,
    read: ({ tokens }) => tokens[BUCKET.audioOut],
  },
  {
    what: 'total tokens where nothing else is told',
    keys: [
      'llm.token_count.total',
      'gen_ai.usage.total_tokens',
      'llm.usage.total_tokens',
      'ai.usage.totalTokens',
    ],
    told: count,
    read: ({ tokens }) => tokens[BUCKET.other],
  },
  {
    what: 'cost',
    keys: [
      'gen_ai.usage.cost.amount',
      'gen_ai.usage.cost',
      'llm.cost.total',
      'gen_ai.cost.total',
      'operation.cost',
    ],
    told: (place) => 0.25 + place,
    read: ({ reportedCost }) => reportedCost,
  },
  {
    what: 'service tier',
    keys: [
      'openai.response.service_tier',
      'gen_ai.openai.response.service_tier',
      'openai.request.service_tier',
      'gen_ai.openai.request.service_tier',
    ],
    told: text,
    read: ({ serviceTier }) => serviceTier,
  },
]);

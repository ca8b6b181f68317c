import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { onlyInference, type Value } from '../../../test/support/normalizeSpans';
import { BUCKET, type Inference } from '../core/inference';
import { ALIASES } from './aliases';

interface Row {
  readonly what: string;
  /** Keys in order of preference, as docs/conventions.md has them: written out here, not taken from the table. */
  readonly keys: readonly string[];
  /** The value that the key at this place tells. */
  readonly told: (place: number) => Value;
  readonly read: (inference: Inference) => unknown;
  /** What must be read for the key at this place; as told if not given. */
  readonly expected?: (place: number) => unknown;
}

const text = (place: number): string => `told${place}`;
const count = (place: number): number => 1_000 + place;
const u = (...names: string[]): string[] => names.map((name) => `gen_ai.usage.${name}`);

const ROWS: readonly Row[] = [
  {
    what: 'provider',
    keys: [
      'gen_ai.provider.name',
      'gen_ai.system',
      'llm.provider',
      'llm.system',
      'ai.model.provider',
    ],
    told: text,
    read: ({ provider }) => provider,
  },
  {
    what: 'requested model',
    keys: [
      'gen_ai.request.model',
      'llm.request.model_name',
      'llm.model_name',
      'llm.request.model',
      'embedding.model_name',
      'reranker.model_name',
      'ai.model.id',
      'ml.model.name',
    ],
    told: text,
    read: ({ model }) => model,
  },
  {
    what: 'answering model',
    keys: [
      'gen_ai.response.model',
      'llm.response.model_name',
      'llm.response.model',
      'ai.response.model',
      'ml.model.version',
    ],
    told: text,
    read: ({ version }) => version,
  },
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
  {
    what: 'fingerprint',
    keys: ['openai.response.system_fingerprint', 'gen_ai.openai.response.system_fingerprint'],
    told: text,
    read: ({ systemFingerprint }) => systemFingerprint,
  },
  {
    what: 'finish reason',
    keys: [
      'gen_ai.response.finish_reasons',
      'gen_ai.response.finish_reason',
      'gen_ai.response.stop_reason',
      'llm.finish_reason',
      'llm.response.finish_reason',
      'llm.response.stop_reason',
      'gen_ai.completion.0.finish_reason',
      'ai.response.finishReason',
    ],
    told: text,
    read: ({ finishReason }) => finishReason,
  },
  {
    what: 'response id',
    keys: ['gen_ai.response.id', 'llm.response.id', 'ai.response.id'],
    told: text,
    read: ({ responseId }) => responseId,
  },
  {
    what: 'time to first chunk',
    keys: ['gen_ai.response.time_to_first_chunk', 'ai.response.msToFirstChunk'],
    told: (place) => (place === 0 ? 0.5 : 125.5),
    read: ({ ttftMs }) => ttftMs,
    expected: (place) => (place === 0 ? 500 : 125.5),
  },
  {
    what: 'length of the answer',
    keys: [
      'gen_ai.output.messages',
      'gen_ai.completion',
      'ai.response.text',
      'ai.response.object',
      'output.value',
      'gen_ai.completion.0.content',
      'llm.output_messages.0.message.content',
    ],
    told: (place) => 'x'.repeat(place + 1),
    read: ({ outputChars }) => outputChars,
    // Numbered pieces are one answer: they add up instead of hiding each other.
    expected: (place) => place + 1,
  },
  {
    what: 'model type',
    keys: ['ml.model.type'],
    told: () => 'regression',
    read: ({ modelType }) => modelType,
  },
  {
    what: 'data source',
    keys: ['ml.data.source', 'gen_ai.data_source.id'],
    told: text,
    read: ({ dataSource }) => dataSource,
  },
  {
    what: 'team',
    keys: ['team', 'service.team', 'team.name', 'owner.team', 'service.owner'],
    told: text,
    read: ({ team }) => team,
  },
  {
    what: 'route',
    keys: ['plumbline.route', 'http.route'],
    told: text,
    read: ({ route }) => route,
  },
  {
    what: 'error type',
    keys: ['error.type'],
    told: text,
    read: ({ errorType }) => errorType,
  },
  {
    what: 'environment',
    keys: ['deployment.environment.name', 'deployment.environment'],
    told: text,
    read: ({ environment }) => environment,
  },
  {
    what: 'service',
    keys: ['service.name'],
    told: text,
    read: ({ service }) => service,
  },
];

const CALL = { 'gen_ai.operation.name': 'chat' };
const isNumbered = (key: string): boolean => /\.\d+\./.test(key) && key.endsWith('content');
const as = ({ told, expected }: Row, place: number): unknown => (expected ?? told)(place);


const KEYS = ROWS.flatMap((row) =>
  row.keys.map((key, place) => ({ what: row.what, key, place, row })),
);
const PAIRS = ROWS.flatMap((row) =>
  row.keys
    .slice(1)
    .map((second, place) => ({ what: row.what, first: row.keys[place]!, second, place, row }))
    .filter(({ first }) => !isNumbered(first)),
);

describe('the alias table', () => {
  it.each(KEYS)('takes $what from $key', ({ key, place, row }) => {
    const { told, read } = row;
    const inference = onlyInference({ attributes: { ...CALL, [key]: told(place) } });
    expect(read(inference)).toBe(as(row, place));
  });

  it.each(PAIRS)('believes $first before $second', ({ first, second, place, row }) => {
    const told = { [second]: row.told(place + 1), [first]: row.told(place) };
    expect(row.read(onlyInference({ attributes: { ...CALL, ...told } }))).toBe(as(row, place));
  });

  it.each(PAIRS)('goes past an empty or hidden $first to $second', (pair) => {
    const { first, second, place, row } = pair;
    for (const missing of ['', '__REDACTED__']) {
      const told = { [first]: missing, [second]: row.told(place + 1) };
      expect(row.read(onlyInference({ attributes: { ...CALL, ...told } }))).toBe(
        as(row, place + 1),
      );
    }
  });

  it('is the one in the documentation', () => {
    const page = readFileSync(resolve(__dirname, '../../../docs/conventions.md'), 'utf8');
    const undocumented = Object.values(ALIASES)
      .flat()
      .filter((key) => !page.includes(`\`${key}\``));
    expect(undocumented).toEqual([]);
  });
});

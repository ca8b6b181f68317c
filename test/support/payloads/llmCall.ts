import type { SpanSort } from './spanKinds';

interface Served {
  readonly provider: string;
  readonly model: string;
  readonly answered: string;
  readonly address: string;
  readonly cacheWrites: boolean;
  readonly reasoning: boolean;
}

const OPENAI = { provider: 'openai', address: 'api.openai.com' };
const ANTHROPIC = { provider: 'anthropic', address: 'api.anthropic.com' };
const GEMINI = { provider: 'gcp.gemini', address: 'generativelanguage.googleapis.com' };

/** Models that the price book knows, of several providers and with different ways of caching. */
const SERVED: readonly Served[] = [
  {
    ...OPENAI,
    model: 'gpt-4o',
    answered: 'gpt-4o-2024-08-06',
    cacheWrites: false,
    reasoning: false,
  },
  {
    ...OPENAI,
    model: 'gpt-4.1-mini',
    answered: 'gpt-4.1-mini-2025-04-14',
    cacheWrites: false,
    reasoning: false,
  },
  { ...OPENAI, model: 'gpt-5', answered: 'gpt-5-2025-08-07', cacheWrites: false, reasoning: true },
  {
    ...ANTHROPIC,
    model: 'claude-sonnet-4-0',
    answered: 'claude-sonnet-4-20250514',
    cacheWrites: true,
    reasoning: false,
  },
  {
    ...ANTHROPIC,
    model: 'claude-3-5-haiku-latest',
    answered: 'claude-3-5-haiku-20241022',
    cacheWrites: true,
    reasoning: false,
  },
  {
    ...GEMINI,
    model: 'gemini-2.5-pro',
    answered: 'gemini-2.5-pro',
    cacheWrites: false,
    reasoning: true,
  },
  {
    ...GEMINI,
    model: 'gemini-2.5-flash',
    answered: 'gemini-2.5-flash',
    cacheWrites: false,
    reasoning: false,
  },
  {
    provider: 'mistral_ai',
    address: 'api.mistral.ai',
    model: 'mistral-large-latest',
    answered: 'mistral-large-2411',
    cacheWrites: false,
    reasoning: false,
  },
];
const FINISH = [['stop'], ['stop'], ['stop'], ['length'], ['tool_calls']] as const;

/** A chat call in the current OpenTelemetry GenAI names, cache tokens included; 16 to 18 attributes. */
export const llmCall: SpanSort = (random) => {
  const served = random.pick(SERVED);
  return {
    name: `chat ${served.model}`,
    otlpKind: 3,
    inference: true,
    write: (attributes) => {
      const input = 200 + random.below(8_000);
      const cacheRead = random.unit() < 0.5 ? random.below(Math.floor(input * 0.7)) : 0;
      const output = 16 + random.below(2_000);
      attributes.text('gen_ai.operation.name', 'chat');
      attributes.text('gen_ai.provider.name', served.provider);
      attributes.text('gen_ai.request.model', served.model);
      attributes.text('gen_ai.response.model', served.answered);
      attributes.double('gen_ai.request.temperature', random.below(11) / 10);
      attributes.int('gen_ai.request.max_tokens', 1024);
      attributes.double('gen_ai.request.top_p', 0.95);
      attributes.int('gen_ai.usage.input_tokens', input);
      attributes.int('gen_ai.usage.output_tokens', output);
      attributes.int('gen_ai.usage.cache_read.input_tokens', cacheRead);
      if (served.cacheWrites) {
        attributes.int('gen_ai.usage.cache_creation.input_tokens', random.below(input - cacheRead));
      }
      if (served.reasoning) {
        attributes.int('gen_ai.usage.reasoning.output_tokens', random.below(output));
      }
      attributes.uniqueText('gen_ai.response.id', 'resp_', random.hex(16));
      attributes.texts('gen_ai.response.finish_reasons', random.pick(FINISH));
      attributes.double('gen_ai.response.time_to_first_chunk', 0.1 + random.unit());
      attributes.text('gen_ai.conversation.id', random.hex(8));
      attributes.text('server.address', served.address);
      attributes.int('server.port', 443);
      attributes.text('user.id', `user_${random.below(100_000)}`);
    },
  };
};

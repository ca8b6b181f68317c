import { describe, expect, it } from '@jest/globals';
import {
  onlyInference,
  type AttributesOf,
  type TestSpan,
} from '../../../test/support/normalizeSpans';
import { TOKEN_BUCKETS } from '../core/inference';

type Buckets = Partial<Record<(typeof TOKEN_BUCKETS)[number], number>>;

interface Spread {
  readonly buckets: Buckets;
  readonly rule: string;
  readonly high: number;
}

function spread(attributes: AttributesOf, span: TestSpan = {}): Spread {
  const inference = onlyInference({
    ...span,
    attributes: { 'gen_ai.operation.name': 'chat', ...attributes },
  });
  return {
    buckets: Object.fromEntries(
      TOKEN_BUCKETS.map((name, index) => [name, inference.tokens[index]!] as const).filter(
        ([, value]) => !Number.isNaN(value),
      ),
    ),
    rule: inference.tokenRule,
    high: inference.inputTokensHigh,
  };
}

const used = (input: number, output: number): AttributesOf => ({
  'gen_ai.usage.input_tokens': input,
  'gen_ai.usage.output_tokens': output,
});
const SEMCONV_READ = 'gen_ai.usage.cache_read.input_tokens';
const SEMCONV_WRITE = 'gen_ai.usage.cache_creation.input_tokens';
const OLD_READ = 'gen_ai.usage.cache_read_input_tokens';
const OLD_WRITE = 'gen_ai.usage.cache_creation_input_tokens';
const HOUR = 'gen_ai.usage.cache_creation.ephemeral_1h_input_tokens';
const MINUTES = 'gen_ai.usage.cache_creation.ephemeral_5m_input_tokens';
const REASONING = 'gen_ai.usage.reasoning.output_tokens';

describe('buckets', () => {
  it('hold what was told and nothing else: zero is zero, absent is absent', () => {
    expect(spread({}).buckets).toEqual({});
    expect(spread(used(0, 0))).toEqual({ buckets: { input: 0, output: 0 }, rule: '', high: NaN });
    expect(spread({ ...used(10, 5), [OLD_READ]: 0 })).toEqual({
      buckets: { input: 10, cache_read: 0, output: 5 },
      rule: '',
      high: NaN,
    });
  });

  it('take no count that is none', () => {
    for (const bad of [-1, 1.5, { doubleValue: NaN }, { doubleValue: 1e300 }, true, 'many']) {
      expect(spread({ 'gen_ai.usage.input_tokens': bad }).buckets).toEqual({});
      expect(
        spread({ 'gen_ai.usage.input_tokens': bad, 'gen_ai.usage.prompt_tokens': 7 }).buckets,
      ).toEqual({ input: 7 });
    }
    expect(spread({ 'gen_ai.usage.input_tokens': { doubleValue: 12 } }).buckets).toEqual({
      input: 12,
    });
    expect(spread({ 'gen_ai.usage.input_tokens': '12' }).buckets).toEqual({ input: 12 });
  });

  it('are disjoint', () => {
    const told = {
      ...used(1_000, 500),
      [SEMCONV_READ]: 600,
      [SEMCONV_WRITE]: 100,
      [HOUR]: 60,
      [REASONING]: 200,
      'gen_ai.usage.audio.input_tokens': 50,
      'gen_ai.usage.audio.output_tokens': 30,
    };
    expect(spread(told)).toEqual({
      buckets: {
        input: 250,
        cache_read: 600,
        cache_write_5m: 40,
        cache_write_1h: 60,
        output: 270,
        reasoning: 200,
        audio_in: 50,
        audio_out: 30,
      },
      rule: 'inclusive:semconv',
      high: NaN,
    });
  });

  it('split cache writes by how long they live, five minutes unless told', () => {
    const write = (told: AttributesOf): Spread =>
      spread({ ...used(1_000, 1), [SEMCONV_READ]: 0, ...told });
    expect(write({ [SEMCONV_WRITE]: 100 }).buckets).toMatchObject({ cache_write_5m: 100 });
    expect(write({ [HOUR]: 100 }).buckets).toMatchObject({ input: 900, cache_write_1h: 100 });
    expect(write({ [HOUR]: 70, [MINUTES]: 30 }).buckets).toMatchObject({
      input: 900,
      cache_write_5m: 30,
      cache_write_1h: 70,
    });
    expect(write({ [SEMCONV_WRITE]: 100, [HOUR]: 70, [MINUTES]: 30 }).buckets).toMatchObject({
      input: 900,
      cache_write_5m: 30,
      cache_write_1h: 70,
    });
  });

  it('keep counts as told where parts exceed their whole, and say so', () => {
    expect(spread({ ...used(10, 100), [REASONING]: 500 })).toEqual({
      buckets: { input: 10, output: 100, reasoning: 500 },
      rule: '+output_parts_outside',
      high: NaN,
    });
    expect(spread({ ...used(10, 5), 'gen_ai.usage.audio.input_tokens': 11 })).toEqual({
      buckets: { input: 10, output: 5, audio_in: 11 },
      rule: '+input_parts_outside',
      high: NaN,
    });
    const writes = { [SEMCONV_WRITE]: 50, [HOUR]: 80 };
    expect(spread({ ...used(1_000, 5), ...writes })).toEqual({
      buckets: { input: 920, cache_write_1h: 80, output: 5 },
      rule: 'inclusive:semconv+input_parts_outside',
      high: NaN,
    });
  });

  it('see from the total that reasoning was told beside the output', () => {
    const told = { ...used(10, 100), [REASONING]: 40 };
    expect(spread({ ...told, 'gen_ai.usage.total_tokens': 150 })).toMatchObject({
      buckets: { input: 10, output: 100, reasoning: 40 },
      rule: '+output_parts_outside',
    });
    expect(spread({ ...told, 'gen_ai.usage.total_tokens': 110 })).toMatchObject({
      buckets: { input: 10, output: 60, reasoning: 40 },
      rule: '',
    });
  });

  it('put what only a total tells under other', () => {
    const total = { 'llm.usage.total_tokens': 100 };
    expect(spread(total).buckets).toEqual({ other: 100 });
    expect(spread({ ...total, 'gen_ai.usage.input_tokens': 70 }).buckets).toEqual({
      input: 70,
      other: 30,
    });
    expect(spread({ ...total, 'gen_ai.usage.input_tokens': 100 }).buckets).toEqual({ input: 100 });
    expect(spread({ ...total, ...used(70, 20) }).buckets).toEqual({ input: 70, output: 20 });
  });
});

describe('whether cached tokens are part of the input', () => {
  const anthropic = { 'gen_ai.system': 'anthropic', 'gen_ai.request.model': 'claude-sonnet-4-0' };
  const cached = { [OLD_READ]: 600, [OLD_WRITE]: 100 };
  const scope = (name: string, version = ''): TestSpan => ({ scope: { name, version } });
  const inclusive = { input: 300, cache_read: 600, cache_write_5m: 100, output: 5 };
  const exclusive = { ...inclusive, input: 1_000 };

  it('is proven not to be so when they exceed the input, whoever says otherwise', () => {
    const told = { ...used(3, 5), [SEMCONV_READ]: 600, [SEMCONV_WRITE]: 100 };
    expect(spread(told, scope('pydantic-ai'))).toEqual({
      buckets: { ...inclusive, input: 3 },
      rule: 'exclusive:proven',
      high: NaN,
    });
    expect(spread({ ...used(700, 5), [SEMCONV_READ]: 600, [SEMCONV_WRITE]: 100 })).toMatchObject({
      buckets: { input: 0 },
      rule: 'inclusive:semconv',
    });
  });

  it('is seen from a total that counts them on top', () => {
    const told = { ...anthropic, ...used(1_000, 5), ...cached };
    expect(spread({ ...told, 'gen_ai.usage.total_tokens': 1_705 })).toMatchObject({
      buckets: exclusive,
      rule: 'exclusive:total',
    });
  });

  it.each([
    ['opentelemetry.instrumentation.anthropic', '0.40.0', 'inclusive:emitter'],
    ['pydantic-ai', '1.0.0', 'inclusive:emitter'],
    ['litellm', '', 'inclusive:emitter'],
    ['openlit.otel.tracing', '', 'exclusive:emitter'],
    ['openinference.instrumentation.langchain', '0.1.54', 'undecided:emitter'],
    ['openinference.instrumentation.langchain', '0.1.55', 'undecided:unknown'],
    ['logfire.anthropic', '4.20.0', 'undecided:emitter'],
    ['strands.telemetry.tracer', '', 'undecided:emitter'],
    ['my.own.instrumentation', '', 'undecided:unknown'],
  ])('is decided by the emitter %s %s', (name, version, rule) => {
    const {
      buckets,
      rule: decided,
      high,
    } = spread({ ...anthropic, ...used(1_000, 5), ...cached }, scope(name, version));
    expect(decided).toBe(rule);
    expect(buckets).toEqual(rule.startsWith('exclusive') ? exclusive : inclusive);
    expect(high).toBe(rule.startsWith('undecided') ? 1_000 : NaN);
  });

  it('is decided by names that define it, unless their emitter is known not to mean it', () => {
    const semconv = { ...anthropic, ...used(1_000, 5), [SEMCONV_READ]: 600, [SEMCONV_WRITE]: 100 };
    expect(spread(semconv)).toMatchObject({ buckets: inclusive, rule: 'inclusive:semconv' });
    expect(spread(semconv, scope('openlit.otel.tracing'))).toMatchObject({
      buckets: exclusive,
      rule: 'exclusive:emitter',
    });
    const openinference = {
      ...anthropic,
      'llm.token_count.prompt': 1_000,
      'llm.token_count.completion': 5,
      'llm.token_count.prompt_details.cache_read': 600,
      'llm.token_count.prompt_details.cache_write': 100,
    };
    expect(spread(openinference)).toMatchObject({
      buckets: inclusive,
      rule: 'inclusive:openinference',
    });
    expect(
      spread(openinference, scope('openinference.instrumentation.langchain', '0.1.9')),
    ).toMatchObject({ rule: 'undecided:emitter' });
  });

  it('follows the AI SDK, which changed with version 6', () => {
    const sdk = { ...anthropic, 'ai.usage.inputTokens': 1_000, 'ai.usage.outputTokens': 5 };
    const five = { ...sdk, 'ai.usage.cachedInputTokens': 700 };
    expect(spread(five)).toMatchObject({
      buckets: { input: 1_000, cache_read: 700, output: 5 },
      rule: 'exclusive:vercel5',
    });
    expect(spread({ ...five, 'ai.usage.inputTokenDetails.cacheReadTokens': 700 })).toMatchObject({
      buckets: { input: 300, cache_read: 700, output: 5 },
      rule: 'inclusive:vercel',
    });
    expect(spread({ ...five, 'gen_ai.system': 'openai.chat' })).toMatchObject({
      buckets: { input: 300, cache_read: 700, output: 5 },
      rule: 'inclusive:provider',
    });
  });

  it.each([
    ['openai', 'gpt-4o', 'inclusive:provider'],
    ['azure', 'gpt-4o', 'inclusive:provider'],
    ['gemini', 'gemini-2.5-pro', 'inclusive:provider'],
    ['gcp.vertex_ai', 'claude-sonnet-4@20250514', 'undecided:unknown'],
    ['azure.ai.inference', 'claude-sonnet-4-5', 'undecided:unknown'],
    ['xai', 'grok-4', 'inclusive:provider'],
    ['deepseek', 'deepseek-chat', 'inclusive:provider'],
    ['anthropic', 'claude-sonnet-4-0', 'undecided:unknown'],
    ['aws.bedrock', 'amazon.nova-pro-v1:0', 'undecided:unknown'],
    ['house', 'house-7b', 'undecided:unknown'],
  ])('is decided by the provider %s for %s where nothing else speaks', (provider, model, rule) => {
    const told = {
      'gen_ai.provider.name': provider,
      'gen_ai.request.model': model,
      ...used(1_000, 5),
      ...cached,
    };
    expect(spread(told).rule).toBe(rule);
  });

  it('is no question where the input was not told', () => {
    expect(spread({ ...cached })).toEqual({
      buckets: { cache_read: 600, cache_write_5m: 100 },
      rule: '',
      high: NaN,
    });
  });

  it('takes audio out of both bounds', () => {
    const told = {
      ...anthropic,
      ...used(1_000, 5),
      ...cached,
      'gen_ai.usage.audio.input_tokens': 20,
    };
    expect(spread(told)).toMatchObject({ buckets: { input: 280, audio_in: 20 }, high: 980 });
  });
});

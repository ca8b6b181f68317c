/** A hosted model as the assistant uses it. The numbers shape the traffic; prices come from the processor's price book. */
export interface LlmModel {
  /** Names of the provider in the three conventions. */
  readonly provider: {
    readonly otel: string;
    readonly openinference: string;
    readonly openllmetry: string;
  };
  readonly requested: string;
  readonly answered: string;
  readonly server: string;
  /** Median tokens of a call. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Share of calls whose prompt's beginning is found in the provider's cache, and how much of the input that is. */
  readonly cacheHits: number;
  readonly cachedShare: number;
  /** Share of the output that is reasoning; 0 for models that do not reason. */
  readonly reasoningShare: number;
  readonly firstTokenMs: number;
  readonly msPerToken: number;
}

const OPENAI = { otel: 'openai', openinference: 'openai', openllmetry: 'OpenAI' };

export const GPT_MINI: LlmModel = {
  provider: OPENAI,
  requested: 'gpt-5-mini',
  answered: 'gpt-5-mini-2025-08-07',
  server: 'api.openai.com',
  inputTokens: 2_400,
  outputTokens: 420,
  cacheHits: 0.6,
  cachedShare: 0.7,
  reasoningShare: 0.45,
  firstTokenMs: 900,
  msPerToken: 9,
};

export const GEMINI_FLASH: LlmModel = {
  provider: { otel: 'gcp.gemini', openinference: 'google', openllmetry: 'Google' },
  requested: 'gemini-2.5-flash',
  answered: 'gemini-2.5-flash',
  server: 'generativelanguage.googleapis.com',
  inputTokens: 1_800,
  outputTokens: 350,
  cacheHits: 0.2,
  cachedShare: 0.5,
  reasoningShare: 0.3,
  firstTokenMs: 450,
  msPerToken: 5,
};

export const EMBEDDING: LlmModel = {
  provider: OPENAI,
  requested: 'text-embedding-3-small',
  answered: 'text-embedding-3-small',
  server: 'api.openai.com',
  inputTokens: 60,
  outputTokens: 0,
  cacheHits: 0,
  cachedShare: 0,
  reasoningShare: 0,
  firstTokenMs: 110,
  msPerToken: 0,
};

export const CLAUDE_SONNET: LlmModel = {
  provider: { otel: 'anthropic', openinference: 'anthropic', openllmetry: 'Anthropic' },
  requested: 'claude-sonnet-4-5',
  answered: 'claude-sonnet-4-5-20250929',
  server: 'api.anthropic.com',
  inputTokens: 4_200,
  outputTokens: 520,
  cacheHits: 0.75,
  cachedShare: 0.8,
  reasoningShare: 0,
  firstTokenMs: 1_100,
  msPerToken: 14,
};

export const GPT_4O_MINI: LlmModel = {
  provider: OPENAI,
  requested: 'gpt-4o-mini',
  answered: 'gpt-4o-mini-2024-07-18',
  server: 'api.openai.com',
  inputTokens: 900,
  outputTokens: 160,
  cacheHits: 0,
  cachedShare: 0,
  reasoningShare: 0,
  firstTokenMs: 380,
  msPerToken: 8,
};

/** A model of the company's own on its own machines: nobody knows what a token of it costs, and the cost says so. */
export const OWN_MODEL: LlmModel = {
  provider: { otel: 'acme', openinference: 'acme', openllmetry: 'acme' },
  requested: 'acme-support-13b',
  answered: 'acme-support-13b',
  server: 'llm.acme.internal',
  inputTokens: 1_100,
  outputTokens: 210,
  cacheHits: 0,
  cachedShare: 0,
  reasoningShare: 0,
  firstTokenMs: 180,
  msPerToken: 11,
};

import { describe, expect, test } from '@jest/globals';
import { billingProvider } from './billingProvider';
import { modelNames } from './modelNames';
import { billedTier } from './serviceTier';

const BOOK = new Set(
  'openai anthropic azure aws google mistral x-ai groq deepseek cohere perplexity together fireworks huggingface_together github-copilot'.split(
    ' ',
  ),
);

describe('who bills', () => {
  test.each([
    // OTel GenAI: gen_ai.provider.name, and gen_ai.system before it.
    ['openai', 'openai'],
    ['azure.ai.openai', 'azure'],
    ['az.ai.openai', 'azure'],
    ['azure.ai.inference', 'azure'],
    ['aws.bedrock', 'aws'],
    ['gcp.vertex_ai', 'google'],
    ['gcp.gemini', 'google'],
    ['gcp.gen_ai', 'google'],
    ['vertex_ai', 'google'],
    ['mistral_ai', 'mistral'],
    ['x_ai', 'x-ai'],
    ['xai', 'x-ai'],
    // OpenInference and OpenLLMetry.
    ['mistralai', 'mistral'],
    ['Anthropic', 'anthropic'],
    ['AWS', 'aws'],
    ['VertexAI', 'google'],
    // Vercel AI SDK.
    ['openai.responses', 'openai'],
    ['google.generative-ai', 'google'],
    ['google.vertex.chat', 'google'],
    ['amazon-bedrock', 'aws'],
    ['azure-openai.chat', 'azure'],
    ['groq.chat', 'groq'],
    // The book's own names, also those that look like no convention's.
    ['huggingface_together', 'huggingface_together'],
    ['github-copilot', 'github-copilot'],
    // Somebody else: nobody's price is taken for theirs.
    ['ibm.watsonx.ai', 'ibm.watsonx.ai'],
    ['ollama', 'ollama'],
    ['my_openai_proxy', 'my-openai-proxy'],
    // Not told.
    ['', ''],
    ['  ', ''],
    ['LangChain', ''],
    ['litellm', ''],
    ['_OTHER', ''],
  ])('%p is %p', (told, provider) => {
    expect(billingProvider(told, BOOK)).toBe(provider);
  });
});

describe('what a model may be called', () => {
  const names = (told: string, provider: string): readonly string[] =>
    modelNames(told, provider, (prefix) => billingProvider(prefix, BOOK) === provider);

  test.each([
    ['GPT-4o', 'openai', ['gpt-4o']],
    ['gpt-4o-20240806', 'openai', ['gpt-4o-20240806', 'gpt-4o-2024-08-06']],
    ['azure/gpt-4o', 'azure', ['azure/gpt-4o', 'gpt-4o']],
    ['openai/gpt-oss-120b', 'groq', ['openai/gpt-oss-120b']],
    ['models/gemini-2.5-pro', 'google', ['models/gemini-2.5-pro', 'gemini-2.5-pro']],
    [
      'publishers/anthropic/models/claude-sonnet-4@20250514',
      'google',
      ['publishers/anthropic/models/claude-sonnet-4@20250514', 'claude-sonnet-4@20250514'],
    ],
    [' ', 'openai', []],
    ['x'.repeat(257), 'openai', []],
  ])('%p of %s', (told, provider, expected) => {
    expect(names(told, provider)).toEqual(expected);
  });
});

describe('service tier', () => {
  test.each([
    ['', ''],
    ['default', ''],
    ['auto', ''],
    ['STANDARD', ''],
    ['on-demand', ''],
    ['Batch', 'batch'],
    ['flex', 'flex'],
    ['priority', 'priority'],
    ['ON_DEMAND_FLEX', 'flex'],
  ])('%p is %p', (told, tier) => {
    expect(billedTier(told)).toBe(tier);
  });
});

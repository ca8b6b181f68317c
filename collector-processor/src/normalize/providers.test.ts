import { describe, expect, it } from '@jest/globals';
import { canonicalProvider } from './providers';

describe('the name of a provider', () => {
  it.each([
    ['OpenAI', 'openai'],
    ['openai.chat', 'openai'],
    ['anthropic.messages', 'anthropic'],
    ['azure', 'azure.ai.openai'],
    ['azure-openai.chat', 'azure.ai.openai'],
    ['az.ai.openai', 'azure.ai.openai'],
    ['google', 'gcp.gemini'],
    ['Google', 'gcp.gemini'],
    ['google.generative-ai', 'gcp.gemini'],
    ['google.vertex.chat', 'gcp.vertex_ai'],
    ['vertexai', 'gcp.vertex_ai'],
    ['gcp.vertex_ai', 'gcp.vertex_ai'],
    ['gcp.gen_ai', 'gcp.gen_ai'],
    ['mistralai', 'mistral_ai'],
    ['mistral.chat', 'mistral_ai'],
    ['xai', 'x_ai'],
    ['bedrock', 'aws.bedrock'],
    ['amazon-bedrock', 'aws.bedrock'],
    ['aws.bedrock', 'aws.bedrock'],
    ['moonshot', 'moonshot_ai'],
    ['watsonx', 'ibm.watsonx.ai'],
    ['ibm.watsonx.ai', 'ibm.watsonx.ai'],
    ['cohere.chat', 'cohere'],
    ['House.Models', 'house.models'],
    ['constructor', 'constructor'],
    [' ', ''],
    ['', ''],
  ])('%s is %s', (told, provider) => {
    expect(canonicalProvider(told)).toBe(provider);
    // Asked again it is remembered.
    expect(canonicalProvider(told)).toBe(provider);
  });
});

import { remember } from './remember';

/** Names that emitters give to providers, lower case, and OTel's name for each (`gen_ai.provider.name`). */
const NAMES: Readonly<Record<string, string>> = {
  azure: 'azure.ai.openai',
  'azure-openai': 'azure.ai.openai',
  azure_openai: 'azure.ai.openai',
  azureopenai: 'azure.ai.openai',
  'az.ai.openai': 'azure.ai.openai',
  'azure-ai-inference': 'azure.ai.inference',
  'az.ai.inference': 'azure.ai.inference',
  'azure-ai': 'azure.ai.inference',
  azure_ai: 'azure.ai.inference',
  aws: 'aws.bedrock',
  bedrock: 'aws.bedrock',
  aws_bedrock: 'aws.bedrock',
  'aws-bedrock': 'aws.bedrock',
  'amazon-bedrock': 'aws.bedrock',
  amazon_bedrock: 'aws.bedrock',
  google: 'gcp.gemini',
  gemini: 'gcp.gemini',
  google_genai: 'gcp.gemini',
  google_generativeai: 'gcp.gemini',
  'google-gla': 'gcp.gemini',
  'google.generative-ai': 'gcp.gemini',
  vertexai: 'gcp.vertex_ai',
  vertex_ai: 'gcp.vertex_ai',
  'vertex-ai': 'gcp.vertex_ai',
  vertex: 'gcp.vertex_ai',
  google_vertexai: 'gcp.vertex_ai',
  'google-vertex': 'gcp.vertex_ai',
  'google.vertex': 'gcp.vertex_ai',
  vertex_ai_beta: 'gcp.vertex_ai',
  'gcp.vertex.agent': 'gcp.vertex_ai',
  mistral: 'mistral_ai',
  mistralai: 'mistral_ai',
  'mistral-ai': 'mistral_ai',
  xai: 'x_ai',
  'x-ai': 'x_ai',
  'x.ai': 'x_ai',
  moonshot: 'moonshot_ai',
  moonshotai: 'moonshot_ai',
  watsonx: 'ibm.watsonx.ai',
  'ibm-watsonx': 'ibm.watsonx.ai',
  ibm: 'ibm.watsonx.ai',
  'perplexity-ai': 'perplexity',
  perplexityai: 'perplexity',
};

const OTEL_NAMES: ReadonlySet<string> = new Set([
  ...Object.values(NAMES),
  'openai',
  'anthropic',
  'cohere',
  'deepseek',
  'gcp.gen_ai',
  'groq',
  'perplexity',
  'openrouter',
]);

/**
 * OTel's name of a provider. SDKs append the API they call (`openai.chat`, `google.vertex.chat`), so the text is cut at
 * its last dot until a name is known; OTel's own names have dots too and stay. An unknown one is kept, lower case.
 */
export const canonicalProvider = remember((told): string => resolve(told.trim().toLowerCase()));

function resolve(name: string): string {
  for (let end = name.length; end > 0; end = name.lastIndexOf('.', end - 1)) {
    const part = name.slice(0, end);
    if (OTEL_NAMES.has(part)) return part;
    if (Object.hasOwn(NAMES, part)) return NAMES[part]!;
  }
  return name;
}

/** Names that conventions and SDKs give to the price book's providers, `_` and blanks written as `-`. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  openai: ['open-ai'],
  anthropic: ['claude'],
  azure: [
    'azure.ai.openai',
    'az.ai.openai',
    'azure.ai.inference',
    'az.ai.inference',
    'azure-openai',
    'azureopenai',
    'azure-ai',
    'azure-ai-inference',
    'azure-ai-foundry',
    'microsoft.foundry',
  ],
  aws: ['aws.bedrock', 'aws-bedrock', 'bedrock', 'bedrock-converse', 'amazon', 'amazon-bedrock'],
  google: [
    'gcp',
    'gcp.gemini',
    'gcp.gen-ai',
    'gcp.vertex-ai',
    'gcp.vertex.ai',
    'gemini',
    'google-ai',
    'google-gla',
    'google-genai',
    'google-generativeai',
    'google-vertex',
    'google-vertexai',
    'vertex',
    'vertexai',
    'vertex-ai',
    'vertex-ai-beta',
  ],
  mistral: ['mistral-ai', 'mistralai'],
  'x-ai': ['xai', 'x.ai'],
  together: ['together-ai', 'togetherai', 'together.ai'],
  fireworks: ['fireworks-ai', 'fireworksai', 'fireworks.ai'],
  moonshotai: ['moonshot', 'moonshot-ai'],
  cohere: ['cohere-chat'],
  perplexity: ['perplexity-ai', 'perplexityai'],
  'github-copilot': ['copilot', 'githubcopilot'],
  voyageai: ['voyage', 'voyage-ai'],
  zhipuai: ['zhipu', 'zhipu-ai'],
  zai: ['z-ai', 'z.ai'],
  ovhcloud: ['ovh'],
  cloudflare: ['workers-ai', 'cloudflare-workers-ai'],
};

/** Libraries and gateways that some emitters tell as the provider: they do not say who bills. */
const NOT_PROVIDERS = [
  'unknown',
  '-other',
  'other',
  'none',
  'litellm',
  'langchain',
  'langgraph',
  'llamaindex',
  'llama-index',
  'haystack',
  'crewai',
  'dspy',
  'agno',
  'autogen',
  'semantic-kernel',
  'pydantic-ai',
  'vercel',
  'gateway',
  'ai-gateway',
];

const CANONICAL: ReadonlyMap<string, string> = new Map([
  ...NOT_PROVIDERS.map((name) => [name, ''] as const),
  ...Object.entries(ALIASES).flatMap(([provider, names]) =>
    names.map((name) => [name, provider] as const),
  ),
]);

/**
 * The price book's name of the provider that an emitter told; empty when it told none.
 *
 * SDKs append what they call there (`openai.chat`, `google.vertex.chat`): the text is cut at its last dot until a name
 * is known. A provider that is not in the book keeps its own name, so that nobody else's price is taken for it.
 */
export function billingProvider(told: string, known: ReadonlySet<string>): string {
  const literal = told.trim().toLowerCase();
  if (known.has(literal)) return literal;
  const name = literal.replaceAll(/[\s_]/g, '-');
  for (let end = name.length; end > 0; end = name.lastIndexOf('.', end - 1)) {
    const part = name.slice(0, end);
    const provider = CANONICAL.get(part);
    if (provider !== undefined) return provider;
    if (known.has(part)) return part;
  }
  return name;
}

import type { FieldName } from './fields';

/**
 * Every attribute key that tells a canonical field, the preferred one first: of the keys a span has, the first whose
 * value is usable wins. docs/conventions.md explains the table to people; `aliases.test.ts` goes through it key by key.
 */
export const ALIASES: Readonly<Record<FieldName, readonly string[]>> = {
  operationName: ['gen_ai.operation.name'],
  openinferenceKind: ['openinference.span.kind'],
  llmRequestType: ['llm.request.type'],
  traceloopKind: ['traceloop.span.kind'],
  vercelOperation: ['ai.operationId'],

  provider: [
    'gen_ai.provider.name',
    'gen_ai.system',
    'llm.provider',
    'llm.system',
    'ai.model.provider',
  ],
  model: [
    'gen_ai.request.model',
    'llm.request.model_name',
    'llm.model_name',
    'llm.request.model',
    'embedding.model_name',
    'reranker.model_name',
    'ai.model.id',
    'ml.model.name',
  ],
  version: [
    'gen_ai.response.model',
    'llm.response.model_name',
    'llm.response.model',
    'ai.response.model',
    'ml.model.version',
  ],
  modelType: ['ml.model.type'],
  service: ['service.name'],
  environment: ['deployment.environment.name', 'deployment.environment'],
  team: ['team', 'service.team', 'team.name', 'owner.team', 'service.owner'],
  route: ['plumbline.route', 'http.route'],
  dataSource: ['ml.data.source', 'gen_ai.data_source.id'],
  errorType: ['error.type', 'exception.type'],

  inputTokens: [
    'gen_ai.usage.input_tokens',
    'gen_ai.usage.prompt_tokens',
    'llm.token_count.prompt',
    'llm.usage.prompt_tokens',
    'ai.usage.promptTokens',
    'ai.usage.inputTokens',
    'ai.usage.tokens',
  ],
  outputTokens: [
    'gen_ai.usage.output_tokens',
    'gen_ai.usage.completion_tokens',
    'llm.token_count.completion',
    'llm.usage.completion_tokens',
    'ai.usage.completionTokens',
    'ai.usage.outputTokens',
  ],
  totalTokens: [
    'llm.token_count.total',
    'gen_ai.usage.total_tokens',
    'llm.usage.total_tokens',
    'ai.usage.totalTokens',
  ],
  cacheRead: [
    'gen_ai.usage.cache_read.input_tokens',
    'gen_ai.usage.cache_read_input_tokens',
    'gen_ai.usage.cache_read_tokens',
    'gen_ai.usage.details.cache_read_tokens',
    'gen_ai.usage.details.cache_read_input_tokens',
    'gen_ai.usage.prompt_details.cache_read',
    'gen_ai.usage.input_cached_tokens',
    'gen_ai.usage.input_cache_tokens',
    'gen_ai.usage.input_tokens.cached',
    'gen_ai.usage.cached_tokens',
    'llm.token_count.prompt_details.cache_read',
    'ai.usage.inputTokenDetails.cacheReadTokens',
    'ai.usage.cachedInputTokens',
  ],
  cacheWrite: [
    'gen_ai.usage.cache_creation.input_tokens',
    'gen_ai.usage.cache_write.input_tokens',
    'gen_ai.usage.cache_creation_input_tokens',
    'gen_ai.usage.cache_write_input_tokens',
    'gen_ai.usage.cache_write_tokens',
    'gen_ai.usage.details.cache_write_tokens',
    'gen_ai.usage.details.cache_creation_input_tokens',
    'gen_ai.usage.prompt_details.cache_write',
    'gen_ai.usage.input_cache_creation',
    'gen_ai.usage.input_tokens.cache_write',
    'llm.token_count.prompt_details.cache_write',
    'ai.usage.inputTokenDetails.cacheWriteTokens',
  ],
  cacheWrite5m: [
    'gen_ai.usage.cache_creation.ephemeral_5m_input_tokens',
    'gen_ai.usage.cache_creation.ephemeral_5m.input_tokens',
    'gen_ai.usage.cache_creation_ephemeral_5m_input_tokens',
    'gen_ai.usage.details.ephemeral_5m_input_tokens',
    'dash0.gen_ai.usage.cache_creation.ephemeral_5m.input_tokens',
  ],
  cacheWrite1h: [
    'gen_ai.usage.cache_creation.ephemeral_1h_input_tokens',
    'gen_ai.usage.cache_creation.ephemeral_1h.input_tokens',
    'gen_ai.usage.cache_creation_ephemeral_1h_input_tokens',
    'gen_ai.usage.details.ephemeral_1h_input_tokens',
    'dash0.gen_ai.usage.cache_creation.ephemeral_1h.input_tokens',
  ],
  reasoning: [
    'gen_ai.usage.reasoning.output_tokens',
    'gen_ai.usage.reasoning_tokens',
    'gen_ai.usage.details.reasoning_tokens',
    'gen_ai.usage.completion_details.reasoning',
    'gen_ai.usage.output_tokens.reasoning',
    'llm.token_count.completion_details.reasoning',
    'ai.usage.outputTokenDetails.reasoningTokens',
    'ai.usage.reasoningTokens',
  ],
  audioIn: [
    'gen_ai.usage.audio.input_tokens',
    'gen_ai.usage.details.input_audio_tokens',
    'llm.token_count.prompt_details.audio',
  ],
  audioOut: [
    'gen_ai.usage.audio.output_tokens',
    'gen_ai.usage.details.output_audio_tokens',
    'gen_ai.usage.completion_details.audio',
    'llm.token_count.completion_details.audio',
  ],

  costAmount: ['gen_ai.usage.cost.amount'],
  costUsd: ['gen_ai.usage.cost', 'llm.cost.total', 'gen_ai.cost.total', 'operation.cost'],
  costCurrency: ['gen_ai.usage.cost.currency'],
  costSource: ['gen_ai.usage.cost.source'],
  serviceTier: [
    'openai.response.service_tier',
    'gen_ai.openai.response.service_tier',
    'openai.request.service_tier',
    'gen_ai.openai.request.service_tier',
  ],

  fingerprint: ['openai.response.system_fingerprint', 'gen_ai.openai.response.system_fingerprint'],
  finishReason: [
    'gen_ai.response.finish_reasons',
    'gen_ai.response.finish_reason',
    'gen_ai.response.stop_reason',
    'llm.finish_reason',
    'llm.response.finish_reason',
    'llm.response.stop_reason',
    'gen_ai.completion.0.finish_reason',
    'ai.response.finishReason',
  ],
  responseId: ['gen_ai.response.id', 'llm.response.id', 'ai.response.id'],
  ttftSeconds: ['gen_ai.response.time_to_first_chunk'],
  ttftMs: ['ai.response.msToFirstChunk'],
  outputText: [
    'gen_ai.output.messages',
    'gen_ai.completion',
    'ai.response.text',
    'ai.response.object',
    'output.value',
  ],

  predictionId: ['ml.prediction.id'],
  predictionValue: ['ml.prediction.value'],
  predictionLabel: ['ml.prediction.label'],
  predictionScore: ['ml.prediction.score'],
  probabilities: ['ml.prediction.probabilities'],

  sampleRate: ['SampleRate', 'sample.rate'],
  sampleProbability: ['sampling.probability', 'sampling.ratio'],
  samplerType: ['sampler.type'],
  samplerParam: ['sampler.param'],
  samplerMark: ['sampling.rule', 'tailsampling.policy', 'tailsampling.composite_policy'],

  flagKey: ['feature_flag.key'],
  flagVariant: ['feature_flag.result.variant', 'feature_flag.variant'],
  flagValue: ['feature_flag.result.value'],
  flagProvider: ['feature_flag.provider.name', 'feature_flag.provider_name'],
  flagSet: ['feature_flag.set.id'],
  flagVersion: ['feature_flag.version'],
  flagContext: ['feature_flag.context.id'],
  flagReason: ['feature_flag.result.reason', 'feature_flag.evaluation.reason'],

  labelValue: ['ml.label.value'],
  labelSource: ['ml.label.source'],
  feedbackScore: ['ml.feedback.score'],
  feedbackText: ['ml.feedback.text'],
  feedbackSource: ['ml.feedback.source'],
  explanationBase: ['ml.explanation.base_value'],
  explanationMethod: ['ml.explanation.method'],
  evaluationName: ['gen_ai.evaluation.name', 'evaluation.name', 'annotation.name'],
  evaluationScore: ['gen_ai.evaluation.score.value', 'evaluation.score', 'annotation.score'],
  evaluationLabel: ['gen_ai.evaluation.score.label', 'evaluation.label', 'annotation.label'],
  evaluationText: [
    'gen_ai.evaluation.explanation',
    'evaluation.explanation',
    'annotation.explanation',
  ],
  eventName: ['event.name'],
};

/** Families of keys: what follows the prefix is a name of the sender's own choice. */
export const PREFIX = {
  feature: 'ml.feature.',
  segment: 'ml.segment.',
  probability: 'ml.prediction.probabilities.',
  explanation: 'ml.explanation.',
} as const;

/** Text of the answer under numbered keys (OpenLLMetry's old names, OpenInference); all of them together are one answer. */
export const NUMBERED_OUTPUT =
  /^(?:gen_ai\.completion\.\d+\.content|llm\.output_messages\.\d+\.message\.content)$/;

/** What emitters write where they were told to hide a value (OpenInference's configuration): it is missing, not text. */
export const REDACTED = '__REDACTED__';

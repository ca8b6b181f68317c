/**
 * The canonical fields that attributes are read into, each with its place in `KeyPlan.first`. `aliases.ts` says which
 * attribute keys tell it. Written out as one literal, so that the engine takes the numbers for constants.
 */
export const FIELD = {
  // Which convention's word for the operation; `operations.ts` has what each word means.
  operationName: 0,
  openinferenceKind: 1,
  llmRequestType: 2,
  traceloopKind: 3,
  vercelOperation: 4,
  // Identity.
  provider: 5,
  model: 6,
  version: 7,
  modelType: 8,
  service: 9,
  environment: 10,
  team: 11,
  route: 12,
  dataSource: 13,
  errorType: 14,
  // Usage, as told.
  inputTokens: 15,
  outputTokens: 16,
  totalTokens: 17,
  cacheRead: 18,
  cacheWrite: 19,
  cacheWrite5m: 20,
  cacheWrite1h: 21,
  reasoning: 22,
  audioIn: 23,
  audioOut: 24,
  // Cost and billing, as told.
  costAmount: 25,
  costUsd: 26,
  costCurrency: 27,
  costSource: 28,
  serviceTier: 29,
  // The answer.
  fingerprint: 30,
  finishReason: 31,
  responseId: 32,
  ttftSeconds: 33,
  ttftMs: 34,
  outputText: 35,
  // The prediction.
  predictionId: 36,
  predictionValue: 37,
  predictionLabel: 38,
  predictionScore: 39,
  probabilities: 40,
  // How the telemetry was sampled.
  sampleRate: 41,
  sampleProbability: 42,
  samplerType: 43,
  samplerParam: 44,
  samplerMark: 45,
  // A/B and canary assignment.
  flagKey: 46,
  flagVariant: 47,
  flagValue: 48,
  flagProvider: 49,
  flagSet: 50,
  flagVersion: 51,
  flagContext: 52,
  flagReason: 53,
  // Records about a prediction: the truth, a verdict, an explanation, a judge's score.
  labelValue: 54,
  labelSource: 55,
  feedbackScore: 56,
  feedbackText: 57,
  feedbackSource: 58,
  explanationBase: 59,
  explanationMethod: 60,
  evaluationName: 61,
  evaluationScore: 62,
  evaluationLabel: 63,
  evaluationText: 64,
  // The name of a log record's event, as it was told before records had a field for it.
  eventName: 65,
} as const;

export type FieldName = keyof typeof FIELD;
export type Field = (typeof FIELD)[FieldName];

export const FIELD_COUNT = Object.keys(FIELD).length;

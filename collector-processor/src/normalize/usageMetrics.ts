/** What a metric of model calls measures, as `ml_metric_usage` has it. */
export type UsageQuantity =
  'tokens' | 'duration' | 'ttft' | 'server_duration' | 'server_ttft' | 'server_token_time';

/**
 * The metrics that tell usage, by name. Only those of clients count as calls: a server that is asked by an instrumented
 * client tells of the same ones.
 */
export const USAGE_METRICS: ReadonlyMap<string, UsageQuantity> = new Map<string, UsageQuantity>([
  ['gen_ai.client.token.usage', 'tokens'],
  ['gen_ai.client.operation.duration', 'duration'],
  ['gen_ai.client.operation.time_to_first_chunk', 'ttft'],
  ['gen_ai.server.request.duration', 'server_duration'],
  ['gen_ai.server.time_to_first_token', 'server_ttft'],
  ['gen_ai.server.time_per_output_token', 'server_token_time'],
]);

/** The attributes that tell the kind of tokens, the preferred one first. */
export const TOKEN_TYPE_KEYS: readonly string[] = ['gen_ai.token.type', 'llm.usage.token_type'];
export const SERVER_ADDRESS_KEY = 'server.address';

/** Words for the kind of tokens. Cached tokens and reasoning are parts of the input and output, told a second time. */
export const TOKEN_TYPES: ReadonlyMap<string, string> = new Map([
  ['input', 'input'],
  ['prompt', 'input'],
  ['output', 'output'],
  ['completion', 'output'],
  ['cache_read', 'cache_read'],
  ['cache_write', 'cache_write'],
  ['cache_creation', 'cache_write'],
  ['reasoning', 'reasoning'],
]);

/** Milliseconds in the units that durations are told in; OpenTelemetry's is the second, which no unit means too. */
export const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ['', 1000],
  ['s', 1000],
  ['ms', 1],
  ['us', 1e-3],
  ['ns', 1e-6],
]);

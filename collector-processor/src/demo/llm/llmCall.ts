import type { Random } from '../random';
import type { LlmModel } from './llmModel';

/** How one model call went. Counts of tokens are whole; cached tokens are part of `inputTokens`. */
export interface LlmCall {
  readonly model: LlmModel;
  /** Milliseconds from the request to the end of the answer. */
  readonly tookMs: number;
  readonly id: string;
  /** Milliseconds from the start to the first token. */
  readonly firstTokenMs: number;
  readonly inputTokens: number;
  readonly cacheReadTokens: number;
  /** Tokens of this call that were put into the cache; Anthropic bills them. */
  readonly cacheWriteTokens: number;
  /** Reasoning included. */
  readonly outputTokens: number;
  readonly reasoningTokens: number;
  readonly finishReason: string;
  /** Set when the call failed: no answer, no usage. */
  readonly error?: string;
}

const ERROR_SHARE = 0.02;
const LENGTH_SHARE = 0.03;
/** Failures and how long they take, milliseconds. */
const ERRORS = [
  ['rate_limit_exceeded', 120],
  ['timeout', 30_000],
  ['server_error', 900],
] as const;

const hex = (random: Random, length: number): string =>
  Array.from({ length }, () => random.below(16).toString(16)).join('');

function failedCall(model: LlmModel, random: Random): LlmCall {
  const [error, medianMs] = random.pick(ERRORS);
  return {
    model,
    tookMs: random.around(medianMs, 0.1),
    id: hex(random, 24),
    firstTokenMs: 0,
    inputTokens: 0,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: 0,
    reasoningTokens: 0,
    finishReason: '',
    error,
  };
}

/** Draws a call. Lengths and durations are log-normal, as measured traffic usually is. */
export function drawCall(model: LlmModel, random: Random): LlmCall {
  if (random.chance(ERROR_SHARE)) return failedCall(model, random);
  const inputTokens = Math.ceil(random.around(model.inputTokens, 0.5));
  const outputTokens = Math.ceil(random.around(model.outputTokens, 0.6));
  const hit = random.chance(model.cacheHits);
  const cached = Math.floor(inputTokens * model.cachedShare);
  const firstTokenMs = random.around(model.firstTokenMs, 0.35);
  return {
    model,
    tookMs: firstTokenMs + outputTokens * model.msPerToken,
    id: hex(random, 24),
    firstTokenMs,
    inputTokens,
    cacheReadTokens: hit ? cached : 0,
    cacheWriteTokens: hit ? 0 : cached,
    outputTokens,
    reasoningTokens: Math.floor(outputTokens * model.reasoningShare * random.next()),
    finishReason: random.chance(LENGTH_SHARE) ? 'length' : 'stop',
  };
}

import { BUCKET, type Inference } from '../core/inference';
import { type CacheRule, decideCacheRule } from './cacheRule';
import { GROUP } from './fieldGroups';
import type { FieldReader } from './fieldReader';
import { FIELD } from './fields';
import type { List } from './readField';

/** A span or a log record. */
interface View {
  readonly attributes: List;
}

/** Added to `tokenRule` where parts exceed the count they should be part of. */
export const OUTSIDE = { input: '+input_parts_outside', output: '+output_parts_outside' } as const;

const orZero = (value: number): number => (Number.isNaN(value) ? 0 : value);

/**
 * Spreads the told counts over disjoint buckets. Parts that exceed their whole are not parts of it: all counts are kept
 * as told and the rule says so; nothing is clamped. A count that was not told stays NaN, a told zero stays zero.
 */
export function fillTokens(reader: FieldReader, view: View, inference: Inference): void {
  const { tokens } = inference;
  const { groups } = reader;
  const input = reader.ownCount(FIELD.inputTokens);
  const output = reader.ownCount(FIELD.outputTokens);
  const total = reader.ownCount(FIELD.totalTokens);
  tokens[BUCKET.input] = input;
  if ((groups & GROUP.cache) !== 0) {
    const cached = fillCache(reader, inference);
    if (cached > 0 && !Number.isNaN(input)) {
      const { scope, scopeVersion } = reader.surroundings;
      const { cacheKeyRule: keyRule } = view.attributes.shape.plan;
      const { provider, version: model } = inference;
      takeCacheOut(
        inference,
        decideCacheRule({
          input,
          output,
          total,
          cached,
          keyRule,
          scope,
          scopeVersion,
          provider,
          model,
        }),
        cached,
      );
    }
  }
  if ((groups & GROUP.audioIn) !== 0) takeAudioOut(reader, inference);
  tokens[BUCKET.output] = output;
  if ((groups & GROUP.outputParts) !== 0) fillOutputParts(reader, inference, output, total);
  if (!Number.isNaN(total) && Number.isNaN(input + output)) {
    fillOther(inference, input, output, total);
  }
}

/** Takes the cached tokens out of the input, where they are in it or may be. */
function takeCacheOut(inference: Inference, rule: CacheRule, cached: number): void {
  inference.tokenRule = rule + inference.tokenRule;
  if (rule.startsWith('exclusive')) return;
  const input = inference.tokens[BUCKET.input]!;
  inference.tokens[BUCKET.input] = input - cached;
  if (rule.startsWith('undecided')) inference.inputTokensHigh = input;
}

/** The cache's buckets; returns how many tokens are in them. */
function fillCache(reader: FieldReader, inference: Inference): number {
  const { tokens } = inference;
  const read = (tokens[BUCKET.cacheRead] = reader.ownCount(FIELD.cacheRead));
  const write = reader.ownCount(FIELD.cacheWrite);
  const hour = (tokens[BUCKET.cacheWrite1h] = reader.ownCount(FIELD.cacheWrite1h));
  const minutes = reader.ownCount(FIELD.cacheWrite5m);
  const split = orZero(hour) + orZero(minutes);
  // Five minutes is what providers do unless told otherwise, so what is not told to live for an hour lives so long.
  const short = write >= split ? write - orZero(hour) : minutes;
  tokens[BUCKET.cacheWrite5m] = short;
  if (write < split) inference.tokenRule = OUTSIDE.input;
  return orZero(read) + orZero(short) + orZero(hour);
}

/** Audio is part of the input count in every convention that tells it. */
function takeAudioOut(reader: FieldReader, inference: Inference): void {
  const { tokens } = inference;
  const audio = (tokens[BUCKET.audioIn] = reader.ownCount(FIELD.audioIn));
  if (!(audio > 0)) return;
  const fresh = tokens[BUCKET.input]!;
  if (audio > fresh) {
    if (!inference.tokenRule.includes(OUTSIDE.input)) inference.tokenRule += OUTSIDE.input;
    return;
  }
  tokens[BUCKET.input] = fresh - audio;
  inference.inputTokensHigh -= audio;
}

/** Reasoning and audio are part of the output count, except with emitters that pass Google's counts on as they are. */
function fillOutputParts(
  reader: FieldReader,
  inference: Inference,
  output: number,
  total: number,
): void {
  const { tokens } = inference;
  const reasoning = reader.ownCount(FIELD.reasoning);
  const audio = reader.ownCount(FIELD.audioOut);
  const parts = orZero(reasoning) + orZero(audio);
  if (parts > 0 && !Number.isNaN(output)) {
    // So far the buckets hold all input, and the output as told.
    if (parts > output || total === sum(tokens) + parts) inference.tokenRule += OUTSIDE.output;
    else tokens[BUCKET.output] = output - parts;
  }
  tokens[BUCKET.reasoning] = reasoning;
  tokens[BUCKET.audioOut] = audio;
}

/** Where a side or both are not told, what the total holds beyond the known was used, but nobody says for what. */
function fillOther(inference: Inference, input: number, output: number, total: number): void {
  const { tokens } = inference;
  const unknown = total - sum(tokens);
  const isAllWeKnow = Number.isNaN(input) && Number.isNaN(output);
  const isDecided = Number.isNaN(inference.inputTokensHigh);
  if (isAllWeKnow ? unknown >= 0 : unknown > 0 && isDecided) tokens[BUCKET.other] = unknown;
}

function sum(tokens: Float64Array): number {
  let all = 0;
  for (const count of tokens) all += orZero(count);
  return all;
}

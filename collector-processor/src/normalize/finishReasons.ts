/** Finish reasons, lower case with `_`, that mean that the model or a filter refused to answer. */
const REFUSED: ReadonlySet<string> = new Set([
  'content_filter',
  'content_filtered',
  'refusal',
  'safety',
  'image_safety',
  'prohibited_content',
  'blocklist',
  'recitation',
  'spii',
  'guardrail_intervened',
]);

/** Finish reasons that mean that the model answered, if only in part. */
const ANSWERED: ReadonlySet<string> = new Set([
  'stop',
  'end_turn',
  'stop_sequence',
  'length',
  'max_tokens',
  'max_output_tokens',
  'model_length',
  'tool_call',
  'tool_calls',
  'tool_use',
  'function_call',
  'pause_turn',
  'eos',
  'eos_token',
  'complete',
  'completed',
]);

/** 1 when the reason tells a refusal, 0 when it tells an answer, NaN when it tells neither. */
export function refusalOf(finishReason: string): number {
  if (finishReason === '') return NaN;
  const reason = finishReason.toLowerCase().replaceAll('-', '_');
  if (ANSWERED.has(reason)) return 0;
  return REFUSED.has(reason) ? 1 : NaN;
}

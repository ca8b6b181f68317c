/** Finish reasons, lower case with `_`, that mean that the model or a filter refused to answer. */
const REFUSED: readonly string[] = [
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
];

/** Finish reasons that mean that the model answered, if only in part. */
const ANSWERED: readonly string[] = [
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
];

const REFUSALS: ReadonlyMap<string, number> = new Map([
  ...REFUSED.map((reason) => [reason, 1] as const),
  ...ANSWERED.map((reason) => [reason, 0] as const),
]);

/** 1 when the reason tells a refusal, 0 when it tells an answer, NaN when it tells neither. */
export function refusalOf(finishReason: string): number {
  if (finishReason === '') return NaN;
  // Most are written as above; normalising a text costs more than looking it up.
  const refusal = REFUSALS.get(finishReason);
  return refusal ?? REFUSALS.get(finishReason.toLowerCase().replaceAll('-', '_')) ?? NaN;
}

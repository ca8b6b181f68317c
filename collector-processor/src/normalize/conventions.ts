export type Convention = '' | 'otel' | 'openinference' | 'openllmetry' | 'vercel' | 'ml';

/**
 * Which keys give a convention away, the most telling first: several instrumentations also write OTel's `gen_ai.*`
 * names, so a span is `otel` only if nothing else speaks.
 */
const MARKS: readonly (readonly [Convention, RegExp])[] = [
  ['vercel', /^ai\.(?:operationId|model\.|usage\.|response\.)/],
  [
    'openinference',
    /^(?:openinference\.|llm\.token_count\.|llm\.model_name$|(?:embedding|reranker)\.model_name$|llm\.(?:request|response)\.model_name$|llm\.cost\.)/,
  ],
  [
    'openllmetry',
    /^(?:traceloop\.|llm\.usage\.|llm\.request\.|llm\.response\.|llm\.is_streaming$|gen_ai\.is_streaming$)/,
  ],
  ['otel', /^gen_ai\./],
  ['ml', /^ml\./],
];

/** The convention that these attribute keys are told in; empty when it is none of ours. */
export function conventionOf(keys: readonly string[]): Convention {
  for (const [convention, mark] of MARKS) {
    if (keys.some((key) => mark.test(key))) return convention;
  }
  return '';
}

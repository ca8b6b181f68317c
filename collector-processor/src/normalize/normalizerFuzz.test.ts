import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  normalizeSpan,
  type AnyValue,
  type AttributesOf,
  type KeyValue,
} from '../../../test/support/normalizeSpans';
import { createNormalizer } from './normalizer';
import { ALIASES, PREFIX } from './aliases';

const keys = fc.oneof(
  fc.constantFrom(...Object.values(ALIASES).flat()),
  fc
    .constantFrom(...Object.values(PREFIX))
    .chain((prefix) => fc.string({ maxLength: 6 }).map((name) => prefix + name)),
  fc.string({ maxLength: 8 }),
);
const words = fc.constantFrom(
  ...['chat', 'LLM', 'CHAIN', 'ai.generateText', 'workflow', 'completion', '__REDACTED__', ''],
);
const { value } = fc.letrec<{ value: AnyValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    words.map((stringValue) => ({ stringValue })),
    fc.string({ unit: 'binary', maxLength: 200 }).map((stringValue) => ({ stringValue })),
    fc.integer({ min: -5, max: 3_000 }).map((intValue) => ({ intValue })),
    fc.maxSafeInteger().map((intValue) => ({ intValue })),
    fc.double().map((doubleValue) => ({ doubleValue })),
    fc.boolean().map((boolValue) => ({ boolValue })),
    fc.uint8Array({ maxLength: 9 }).map((bytesValue) => ({ bytesValue })),
    fc.array(tie('value'), { maxLength: 4 }).map((values) => ({ arrayValue: { values } })),
    fc
      .array(
        fc.record({
          key: fc.string({ maxLength: 5 }),
          value: tie('value'),
        }) as fc.Arbitrary<KeyValue>,
        { maxLength: 4 },
      )
      .map((values) => ({ kvlistValue: { values } })),
  ),
}));
const attributes: fc.Arbitrary<AttributesOf> = fc.dictionary(keys, value, { maxKeys: 40 });
const spans = fc.record({
  attributes,
  resource: attributes,
  scope: fc.record({
    name: fc.constantFrom('openlit', 'openinference.instrumentation.langchain', 'x', ''),
    version: fc.string({ maxLength: 5 }),
  }),
  events: fc.array(
    fc.record({
      name: fc.constantFrom('ml.prediction', 'exception', 'feature_flag.evaluation', 'other'),
      attributes,
    }),
    { maxLength: 4 },
  ),
  kind: fc.integer({ min: 0, max: 5 }),
  statusCode: fc.integer({ min: 0, max: 2 }),
  traceState: fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom('ot=th:8', 'ot=p:x')),
});

describe('whatever attributes a span has', () => {
  const normalizer = createNormalizer();

  it('never throws and never makes up a number that cannot be stored', () => {
    fc.assert(
      fc.property(spans, (span) => {
        for (const inference of normalizeSpan(span, normalizer)) {
          for (const count of [...inference.tokens, inference.inputTokensHigh]) {
            expect(Number.isNaN(count) || (Number.isSafeInteger(count) && count >= 0)).toBe(true);
          }
          expect(inference.sampleWeight < 1 || inference.sampleWeight === Infinity).toBe(false);
          expect([0, 1, NaN]).toContainEqual(inference.refusal);
          expect([0, 1]).toContain(inference.rollup);
          const features = [...inference.featureNumbers.keys, ...inference.featureTexts.keys];
          expect(new Set(features).size).toBe(features.length);
          expect(new Set(inference.segments.keys).size).toBe(inference.segments.keys.length);
          expect(new Set(inference.probabilities.keys).size).toBe(
            inference.probabilities.keys.length,
          );
        }
      }),
      { numRuns: 400 },
    );
  });

  it('tells the same twice', () => {
    fc.assert(
      fc.property(spans, (span) => {
        expect(normalizeSpan(span, normalizer)).toEqual(normalizeSpan(span));
      }),
      { numRuns: 100 },
    );
  });
});

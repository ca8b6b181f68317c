import { describe, expect, test } from '@jest/globals';
import { type AttributesOf, encodeSpan } from '../support/normalizeSpans';
import { traceRequestType } from '../support/otlpProto';
import { createPricer } from '../../collector-processor/src/enrich/price/pricer';
import { checkedPricer } from '../../collector-processor/src/enrich/quality/checkedPricer';
import { createNormalizer } from '../../collector-processor/src/normalize/normalizer';
import { AttributeAppender } from '../../collector-processor/src/otlp/append';
import { TraceDecoder } from '../../collector-processor/src/store/traceBlock';

interface Forwarded {
  readonly key: string;
  readonly value: { arrayValue?: { values: { stringValue: string }[] }; stringValue?: string };
}

/** Attributes of the span that we added, as they are passed on. */
function forwarded(attributes: AttributesOf, events: AttributesOf[] = []): Forwarded[] {
  const contract = {
    ...{ tenant: undefined, environment: undefined, version: undefined, freshnessMs: undefined },
    model: 'm',
    features: [
      {
        ...{ feature: 'age', required: true, type: undefined, min: 0, max: 120, tolerance: 0 },
        ...{ allowed: undefined, pattern: undefined },
      },
    ],
  };
  const decoder = new TraceDecoder(
    createNormalizer(),
    checkedPricer(createPricer([]), [contract]),
    undefined,
    true,
  );
  const bytes = encodeSpan({
    attributes,
    events: events.map((one) => ({ name: 'ml.prediction', attributes: one })),
  });
  const request = { signal: 'traces', bytes, tenant: 'default', receivedAtMs: 1 } as const;
  const added = decoder.decode(request, decoder.createBlock());
  if (!added.ok) throw new Error(added.reason);
  const type = traceRequestType();
  const result = new AttributeAppender('x').append(bytes, added.additions, undefined);
  const { resourceSpans } = type.toObject(type.decode(result), { longs: Number }) as {
    resourceSpans: { scopeSpans: { spans: { attributes: Forwarded[] }[] }[] }[];
  };
  return resourceSpans[0]!.scopeSpans[0]!.spans[0]!.attributes.slice(
    Object.keys(attributes).length,
  );
}

const list = (...texts: string[]) => [
  {
    key: 'plumbline.quality.violations',
    value: { arrayValue: { values: texts.map((stringValue) => ({ stringValue })) } },
  },
];
const PREDICTION = { 'ml.model.name': 'm', 'ml.prediction.value': 1 };

describe('violations of a span', () => {
  test('are passed on as a list; a good span gets nothing', () => {
    expect(forwarded({ ...PREDICTION, 'ml.feature.age': 130 })).toEqual(list('range:age'));
    expect(forwarded({ ...PREDICTION, 'ml.feature.age': 30 })).toEqual([]);
  });

  test('NaN, infinite and empty are told without a contract, of every event once', () => {
    const nan = { 'ml.feature.age': 3, 'ml.feature.a': { doubleValue: NaN } };
    expect(
      forwarded({ 'ml.model.name': 'm' }, [
        { ...PREDICTION, ...nan, 'ml.feature.b': { doubleValue: -Infinity } },
        { ...PREDICTION, ...nan, 'ml.feature.c': '' },
      ]),
    ).toEqual(list('not_finite:a', 'not_finite:b', 'empty:c'));
  });

  test('stand beside the status of the cost', () => {
    const call = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'm' };
    const added = forwarded({ ...call, 'gen_ai.usage.input_tokens': 5 });
    expect(added.map(({ key }) => key)).toEqual([
      'plumbline.cost.status',
      'plumbline.quality.violations',
    ]);
  });

  test('never replace what a service said', () => {
    expect(forwarded({ ...PREDICTION, 'plumbline.quality.violations': 'own' })).toEqual([]);
  });
});

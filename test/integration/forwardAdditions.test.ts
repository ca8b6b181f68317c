import { traceRequestType } from '../support/otlpProto';
import { BASE } from '../support/pricedCall';
import { createPricer } from '../../collector-processor/src/enrich/price/pricer';
import { createNormalizer } from '../../collector-processor/src/normalize/normalizer';
import type { SpanSignals } from '../../collector-processor/src/core/spanSignal';
import { SpanSignalCache } from '../../collector-processor/src/signals/spanSignalCache';
import { AttributeAppender } from '../../collector-processor/src/otlp/append';
import type { Added, BlockEvents } from '../../collector-processor/src/store/block';
import { TraceDecoder } from '../../collector-processor/src/store/traceBlock';

type Attributes = Record<string, string | number>;
const type = traceRequestType();

/** A request of one resource whose spans have these attributes. */
const requestOf = (...spans: Attributes[]): Uint8Array =>
  type
    .encode(
      type.fromObject({
        resourceSpans: [
          {
            scopeSpans: [
              {
                spans: spans.map((attributes, index) => ({
                  ...{ traceId: Buffer.alloc(16, 1), spanId: Buffer.alloc(8, index + 1) },
                  startTimeUnixNano: 1,
                  attributes: Object.entries(attributes).map(([key, value]) => ({
                    key,
                    value: typeof value === 'string' ? { stringValue: value } : { intValue: value },
                  })),
                })),
              },
            ],
          },
        ],
      }),
    )
    .finish();

const CALL = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'acme',
  'gen_ai.request.model': 'm',
  'gen_ai.usage.input_tokens': 1000,
  'gen_ai.usage.output_tokens': 500,
};

const decoderOf = (forwarding: boolean, signals?: SpanSignals) =>
  new TraceDecoder(
    createNormalizer(),
    createPricer(BASE),
    { maxAttributes: 8, maxNesting: 4, maxEvents: 4 },
    forwarding,
    signals,
  );

const okay = (added: Added): Extract<Added, { ok: true }> => {
  if (!added.ok) throw new Error(added.reason);
  return added;
};

/** The attributes of each span after what the decoder added was appended. */
function forwarded(bytes: Uint8Array, signals?: SpanSignals): Record<string, unknown>[] {
  const decoder = decoderOf(true, signals);
  const request = { signal: 'traces', bytes, tenant: 'default', receivedAtMs: 1 } as const;
  const { additions } = okay(decoder.decode(request, decoder.createBlock()));
  const result = new AttributeAppender('x').append(bytes, additions, undefined);
  const { resourceSpans } = type.toObject(type.decode(result), { longs: Number }) as {
    resourceSpans: {
      scopeSpans: { spans: { attributes: { key: string; value: object }[] }[] }[];
    }[];
  };
  return resourceSpans[0]!.scopeSpans[0]!.spans.map(({ attributes }) => {
    expect(new Set(attributes.map(({ key }) => key)).size).toBe(attributes.length);
    return Object.fromEntries(
      attributes.map(({ key, value }) => [key, Object.values(value)[0] as unknown]),
    );
  });
}

describe('the signal of a model', () => {
  const signals = new SpanSignalCache();
  const drift = {
    tenant: 'default',
    environment: '',
    version: '',
    feature: '',
    pValue: null,
    qValue: 0.1,
  };
  signals.replace([
    { ...drift, model: 'm', version: 'm', status: 'drift', score: -0.25, baseline: 'auto' },
    {
      ...drift,
      model: 'new',
      version: 'new',
      status: 'baseline_missing',
      score: null,
      baseline: '',
    },
  ]);
  const told = {
    'plumbline.drift.status': 'drift',
    'plumbline.drift.score': -0.25,
    'plumbline.drift.baseline': 'auto',
  };

  it('is put on its spans beside the cost, the status alone where there is no score', () => {
    const other = { ...CALL, 'gen_ai.request.model': 'unheard' };
    const young = { ...CALL, 'gen_ai.request.model': 'new' };
    const [first, second, third, plain] = forwarded(
      requestOf(CALL, other, young, { 'http.request.method': 'GET' }),
      signals,
    );
    expect(first).toMatchObject({ ...told, 'plumbline.cost.status': 'priced' });
    expect(Object.keys(second!).filter((key) => key.startsWith('plumbline.drift'))).toEqual([]);
    expect(third).toEqual({
      ...young,
      'plumbline.cost.status': 'unpriced',
      'plumbline.drift.status': 'baseline_missing',
    });
    expect(plain).toEqual({ 'http.request.method': 'GET' });
  });

  it('is not put over what a sender said', () => {
    const sent = { ...CALL, 'plumbline.drift.score': 'theirs' };
    const [span] = forwarded(requestOf(sent), signals);
    expect(span).toMatchObject({ ...sent, 'plumbline.cost.status': 'priced' });
    expect(span).not.toHaveProperty(['plumbline.drift.status']);
  });

  it('is said on a span whose cost is told already', () => {
    const sent = { ...CALL, 'gen_ai.usage.cost.amount': 'theirs', 'plumbline.cost.status': 'x' };
    expect(forwarded(requestOf(sent), signals)).toEqual([{ ...sent, ...told }]);
  });
});

describe('additions of a trace request', () => {
  it('are cost and status of a priced call, the status alone of another, nothing of other spans', () => {
    const plain = { 'http.request.method': 'GET' };
    const unknown = { ...CALL, 'gen_ai.request.model': 'unheard' };
    expect(forwarded(requestOf(plain, CALL, unknown, plain))).toEqual([
      plain,
      {
        ...CALL,
        'gen_ai.usage.cost.amount': 0.003,
        'gen_ai.usage.cost.currency': 'USD',
        'gen_ai.usage.cost.source': 'local',
        'plumbline.cost.status': 'priced',
      },
      { ...unknown, 'plumbline.cost.status': 'unpriced' },
      plain,
    ]);
  });

  it('never repeat a key that the service sent', () => {
    const own = { ...CALL, 'gen_ai.usage.cost.currency': 'EUR' };
    const both = { ...own, 'plumbline.cost.status': 'mine' };
    expect(forwarded(requestOf(own, both))).toEqual([
      { ...own, 'plumbline.cost.status': 'priced' },
      both,
    ]);
  });

  it('go to the right spans when one is left out because it is over a limit', () => {
    const large = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`k${i}`, 'v']));
    const [first, second, third] = forwarded(requestOf(CALL, large, CALL));
    expect(first).toMatchObject({ 'plumbline.cost.status': 'priced' });
    expect(second).toEqual(large);
    expect(third).toEqual(first);
  });

  it('are not collected when nobody passes requests on', () => {
    const decoder = decoderOf(false);
    const block = decoder.createBlock();
    const bytes = requestOf(CALL);
    const request = { signal: 'traces', bytes, tenant: 'default', receivedAtMs: 1 } as const;
    expect(okay(decoder.decode(request, block)).additions).toBeUndefined();
    expect(block.usage).toBeUndefined();
  });
});

describe('usage of a block', () => {
  it('counts what stays in the block, and neither containers nor what was rolled back', () => {
    const decoder = decoderOf(true);
    const block = decoder.createBlock();
    const decode = (bytes: Uint8Array, tenant: string): Added =>
      decoder.decode({ signal: 'traces', bytes, tenant, receivedAtMs: 1 }, block);
    const agent = { ...CALL, 'gen_ai.operation.name': 'invoke_agent' };
    const request = requestOf(CALL, CALL, agent);
    expect(decode(request, 'blue').ok).toBe(true);
    expect(decode(request.subarray(0, request.length - 3), 'red').ok).toBe(false);
    const told: unknown[] = [];
    const events: BlockEvents = {
      inferencesCounted: () => undefined,
      unpriced: () => undefined,
      recordsCounted: () => undefined,
      recordProblems: () => undefined,
      modelUsed: ({ tenant, model, currency, tokens, costs }) =>
        told.push([tenant, model, currency, [...tokens], [...costs]]),
    };
    block.tell(events);
    const used = [2000, 0, 0, 0, 1000, 0, 0, 0, 0];
    const paid = [2_000_000, 0, 0, 0, 4_000_000, 0, 0, 0, 0];
    expect(told).toEqual([['blue', 'm', 'USD', used, paid]]);
    block.reset();
    told.length = 0;
    block.tell(events);
    expect(told).toEqual([]);
  });
});

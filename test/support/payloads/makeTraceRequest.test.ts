import { traceRequestType } from '../otlpProto';
import { makeTraceRequest } from './makeTraceRequest';
import type { Mix, TraceRequest } from './makeTraceRequest';
import { renewRequest } from './renewRequest';

interface Attribute {
  key: string;
  value: Record<string, unknown>;
}
interface Span {
  traceId: string;
  spanId: string;
  parentSpanId: string;
  name: string;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: Attribute[];
  events: { timeUnixNano: string; name: string }[];
  links: unknown[];
}
interface Request {
  resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: Span[] }[] }[];
}

const timeMs = 1_770_000_000_000;
const decode = (request: TraceRequest): Request => {
  const type = traceRequestType();
  return type.toObject(type.decode(request.bytes), {
    longs: String,
    bytes: String,
    defaults: true,
    arrays: true,
    oneofs: true,
  }) as Request;
};
const spansOf = (request: TraceRequest): Span[] =>
  decode(request).resourceSpans.flatMap((r) => r.scopeSpans.flatMap((s) => s.spans));
const many = (mix: Mix): TraceRequest[] =>
  [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => makeTraceRequest({ seed, spans: 512, mix, timeMs }));
const isMl = (span: Span): boolean =>
  span.attributes.some((a) => a.key === 'gen_ai.request.model' || a.key === 'ml.model.name');

describe.each(['plain', 'ml'] as const)('makeTraceRequest %s', (mix) => {
  const requests = many(mix);
  const spans = requests.flatMap(spansOf);

  test('has the size and the attribute count that the goals are stated for', () => {
    const bytes = requests.reduce((sum, r) => sum + r.bytes.length, 0) / spans.length;
    const attributes = requests.reduce((sum, r) => sum + r.attributes, 0) / spans.length;
    expect(Math.abs(bytes - 698)).toBeLessThan(14);
    expect(Math.abs(attributes - 16.6)).toBeLessThan(0.2);
  });

  test('tells the truth about its content', () => {
    for (const request of requests) {
      const decoded = spansOf(request);
      expect(decoded).toHaveLength(512);
      expect(decoded.reduce((sum, s) => sum + s.attributes.length, 0)).toBe(request.attributes);
      expect(decoded.filter(isMl)).toHaveLength(request.inferences);
    }
  });

  test('has the promised shares of events and links, four resources with nine attributes', () => {
    const share = (has: (span: Span) => boolean): number => spans.filter(has).length / spans.length;
    expect(share((s) => s.events.length > 0)).toBeCloseTo(0.1, 1);
    expect(share((s) => s.links.length > 0)).toBeCloseTo(0.03, 1);
    expect(share(isMl)).toBeCloseTo(mix === 'ml' ? 0.8 : 0, 1);
    const resources = decode(requests[0]!).resourceSpans;
    expect(resources.map((r) => r.resource.attributes.length)).toEqual([9, 9, 9, 9]);
  });

  test('makes other spans when it is renewed, with the same relations', () => {
    const request = makeTraceRequest({ seed: 1, spans: 512, mix, timeMs });
    const before = spansOf(request);
    renewRequest(request, 0x01020304, 90_000);
    const after = spansOf(request);
    expect(new Set([...before, ...after].map((s) => s.spanId)).size).toBe(1024);
    expect(new Set([...before, ...after].map((s) => s.traceId)).size).toBe(
      2 * new Set(before.map((s) => s.traceId)).size,
    );
    const unique = /^(ml\.prediction\.id|gen_ai\.response\.id)$/;
    const texts = [...before, ...after].flatMap((s) =>
      s.attributes.filter((a) => unique.test(a.key)).map((a) => a.value.stringValue),
    );
    expect(new Set(texts).size).toBe(2 * request.inferences);
    const ids = new Set(after.map((s) => s.spanId));
    for (const [index, span] of after.entries()) {
      expect(span.parentSpanId === '' || ids.has(span.parentSpanId)).toBe(true);
      for (const key of ['startTimeUnixNano', 'endTimeUnixNano'] as const) {
        expect(BigInt(span[key]) - BigInt(before[index]![key])).toBe(90_000_000_000n);
      }
      expect(span.events.map((e) => e.name)).toEqual(before[index]!.events.map((e) => e.name));
    }
  });
});

test('the same options give the same bytes', () => {
  const options = { seed: 9, spans: 7, mix: 'ml', timeMs } as const;
  expect(makeTraceRequest(options).bytes).toEqual(makeTraceRequest(options).bytes);
  expect(makeTraceRequest({ ...options, seed: 10 }).bytes).not.toEqual(
    makeTraceRequest(options).bytes,
  );
});

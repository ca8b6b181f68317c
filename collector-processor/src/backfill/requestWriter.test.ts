import { describe, expect, test } from '@jest/globals';
import { traceRequestType } from '../../../test/support/otlpProto';
import { type StoredSpan, storedRow as rowBytes } from '../../../test/support/storedRows';
import { RequestWriter } from './requestWriter';
import { StoredRow } from './storedRow';

const KEYS = {
  nested: new Set(['gen_ai.response.finish_reasons']),
  cost: { status: 'cost.status', amount: ['cost.total', 'cost.source'] },
  tenant: 'plumbline.tenant',
};
const id = (value: number): string => value.toString(16).padStart(16, '0');
const span = (value: number, rest: StoredSpan = {}): StoredSpan => ({
  traceId: id(value).repeat(2),
  spanId: id(value),
  service: 'shop',
  ...rest,
});

interface Emitted {
  readonly tenant: string;
  readonly spans: number;
  readonly request: { resourceSpans: Record<string, unknown>[] };
}

/** The requests made of rows; `accepts` tells which of them are taken. */
function requestsOf(
  spans: readonly StoredSpan[],
  accepts: (spans: number) => boolean = () => true,
): { emitted: Emitted[]; malformed: number } {
  const emitted: Emitted[] = [];
  const type = traceRequestType();
  const writer = new RequestWriter({
    keys: KEYS,
    tenant: 'default',
    emit: ({ bytes, tenant, spans: count }) => {
      const request = type.toObject(type.decode(bytes), {
        longs: String,
        bytes: String,
        enums: String,
      });
      emitted.push({ tenant, spans: count, request: request as Emitted['request'] });
      return accepts(count);
    },
  });
  const row = new StoredRow();
  for (const stored of spans) {
    row.reader.open(rowBytes(stored));
    expect(row.read()).toBe(true);
    writer.add(row);
  }
  writer.flush();
  return { emitted, malformed: writer.malformed };
}
const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });

describe('RequestWriter', () => {
  test('a row becomes the span that it was', () => {
    const { emitted } = requestsOf([
      span(1, {
        startNs: 4294967295n,
        durationNs: 2n,
        parentSpanId: id(9),
        kind: 'SPAN_KIND_CLIENT',
        status: 'Error',
        scope: 'lib',
        resource: { host: 'h' },
        attributes: { a: 'b', 'gen_ai.response.finish_reasons': '["stop"]' },
        events: [{ timeNs: 7n, name: 'e', attributes: { c: 'd' } }],
      }),
    ]);
    expect(emitted).toHaveLength(1);
    expect(emitted[0]!.request.resourceSpans).toMatchObject([
      {
        resource: { attributes: [text('host', 'h'), text('service.name', 'shop')] },
        scopeSpans: [
          {
            scope: { name: 'lib' },
            spans: [
              {
                spanId: Buffer.from(id(1), 'hex').toString('base64'),
                parentSpanId: Buffer.from(id(9), 'hex').toString('base64'),
                kind: 'SPAN_KIND_CLIENT',
                startTimeUnixNano: '4294967295',
                endTimeUnixNano: '4294967297',
                status: { code: 'STATUS_CODE_ERROR' },
                attributes: [
                  text('a', 'b'),
                  {
                    key: 'gen_ai.response.finish_reasons',
                    value: { arrayValue: { values: [{ stringValue: 'stop' }] } },
                  },
                ],
                events: [{ timeUnixNano: '7', name: 'e', attributes: [text('c', 'd')] }],
              },
            ],
          },
        ],
      },
    ]);
  });

  test('spans of one sender are gathered, however far apart, and each tenant gets a request', () => {
    const tenant = { resource: { 'plumbline.tenant': 'acme' } };
    const spans = Array.from({ length: 9 }, (_, n) =>
      span(n + 1, n % 3 === 0 ? tenant : { service: `s${n % 3}` }),
    );
    const { emitted } = requestsOf(spans);
    const shapes = emitted.map(({ tenant: name, spans: count, request }) => [
      name,
      count,
      request.resourceSpans.length,
    ]);
    expect(shapes).toEqual([
      ['acme', 3, 1],
      ['default', 6, 2],
    ]);
  });

  test('what the store added to a span is taken off, a cost of the sender is not', () => {
    const ours = { 'cost.status': 'priced', 'cost.total': '1', 'cost.source': 'local', a: 'b' };
    const theirs = { ...ours, 'cost.source': 'vendor' };
    const { emitted } = requestsOf([
      span(1, { attributes: ours }),
      span(2, { attributes: theirs }),
    ]);
    const [{ scopeSpans }] = emitted[0]!.request.resourceSpans as [
      { scopeSpans: [{ spans: { attributes: { key: string }[] }[] }] },
    ];
    const keys = scopeSpans[0].spans.map(({ attributes }) => attributes.map(({ key }) => key));
    expect(keys).toEqual([['a'], ['cost.total', 'cost.source', 'a']]);
  });

  test('ids that are not hexadecimal are counted, and their spans left out', () => {
    const { emitted, malformed } = requestsOf([
      span(1),
      span(2, { spanId: 'xyz' }),
      span(3, { traceId: 'g'.repeat(32) }),
    ]);
    expect([malformed, emitted.map(({ spans }) => spans)]).toEqual([2, [1]]);
  });

  test('many spans are many requests, with nothing lost in between', () => {
    const { emitted } = requestsOf(Array.from({ length: 20_000 }, (_, n) => span(n + 1)));
    expect(emitted.length).toBeGreaterThan(1);
    expect(emitted.reduce((sum, { spans }) => sum + spans, 0)).toBe(20_000);
  });

  test('spans of a request that is refused come again one by one', () => {
    const { emitted } = requestsOf([span(1), span(2, { service: 'b' }), span(3)], (n) => n === 1);
    expect(emitted.map(({ spans }) => spans)).toEqual([3, 1, 1, 1]);
  });
});

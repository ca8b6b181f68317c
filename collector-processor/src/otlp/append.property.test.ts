import fc from 'fast-check';
import { traceRequests } from '../../../test/support/arbitraryTraceRequest';
import { traceRequestType } from '../../../test/support/otlpProto';
import { DecodeError } from '../core/errors';
import { AttributeAppender } from './append';
import { attributeField } from './attributeField';

const KEY = 'plumbline.tenant';
const oracle = traceRequestType();

interface Attribute {
  key?: string;
  value?: Record<string, unknown>;
}
interface Request {
  resourceSpans?: {
    resource?: { attributes?: Attribute[] };
    scopeSpans?: { spans?: { attributes?: Attribute[] }[] }[];
  }[];
}

const plain = (bytes: Uint8Array): Request =>
  oracle.toObject(oracle.decode(bytes), { longs: String, bytes: String });

const decodes = (bytes: Uint8Array): boolean => {
  try {
    oracle.decode(bytes);
    return true;
  } catch {
    return false;
  }
};

/** For some spans by ordinal what is added to them: a text of this length, and a double. */
const added = fc.dictionary(
  fc.nat({ max: 12 }).map(String),
  fc.record({ text: fc.nat({ max: 300 }), number: fc.double({ noNaN: true }) }),
);
const tenant = fc.option(fc.string({ maxLength: 200 }), { nil: undefined });

const attributesOf = ({ text, number }: { text: number; number: number }): Attribute[] => [
  { key: 'added.number', value: { doubleValue: number } },
  { key: 'added.text', value: { stringValue: 'x'.repeat(text) } },
];

/** What `append` should have made, by way of objects. */
function expected(
  bytes: Uint8Array,
  extra: Record<string, { text: number; number: number }>,
  label: string | undefined,
): Request {
  const request = plain(bytes);
  let ordinal = 0;
  for (const group of request.resourceSpans ?? []) {
    if (label !== undefined) {
      const own = (group.resource?.attributes ?? []).filter(({ key }) => key !== KEY);
      group.resource = {
        ...group.resource,
        attributes: [...own, { key: KEY, value: { stringValue: label } }],
      };
    }
    for (const scope of group.scopeSpans ?? []) {
      for (const span of scope.spans ?? []) {
        const more = extra[ordinal++];
        if (more) span.attributes = [...(span.attributes ?? []), ...attributesOf(more)];
      }
    }
  }
  return request;
}

function additionsOf(extra: Record<string, { text: number; number: number }>) {
  const ordinals = Object.keys(extra)
    .map(Number)
    .toSorted((a, b) => a - b);
  const fields = ordinals.map((ordinal) => {
    const { text, number } = extra[ordinal]!;
    return Buffer.concat([
      attributeField(9, 'added.number', number),
      attributeField(9, 'added.text', 'x'.repeat(text)),
    ]);
  });
  let end = 0;
  return {
    ordinals,
    ends: fields.map(({ length }) => (end += length)),
    bytes: Buffer.concat(fields),
  };
}

describe('AttributeAppender', () => {
  const appender = new AttributeAppender(KEY);

  it('adds exactly what it is told to, in as few bytes as an encoder would take', () => {
    fc.assert(
      fc.property(traceRequests, added, tenant, (bytes, extra, label) => {
        fc.pre(decodes(bytes));
        const result = appender.append(bytes, additionsOf(extra), label);
        const want = expected(bytes, extra, label);
        expect(plain(result)).toEqual(want);
        if (result !== bytes) {
          expect(result.length).toBe(oracle.encode(oracle.fromObject(want)).finish().length);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('fails in one way on bytes that are no request', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), added, (bytes, extra) => {
        try {
          appender.append(bytes, additionsOf(extra), 'blue');
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('returns the same bytes when there is nothing to add', () => {
    const bytes = Buffer.from([10, 2, 18, 0]);
    expect(appender.append(bytes, undefined, undefined)).toBe(bytes);
    expect(appender.append(bytes, { ordinals: [7], ends: [1], bytes }, undefined)).toBe(bytes);
  });

  it('replaces a tenant that the sender wrote, wherever it stands in a resource that comes in pieces', () => {
    const own = attributeField(1, KEY, 'forged');
    const other = attributeField(1, 'service.name', 'shop');
    const resource = (...fields: Buffer[]): Buffer => {
      const content = Buffer.concat(fields);
      return Buffer.concat([Buffer.from([10, content.length]), content]);
    };
    // One resource before the (empty) scope and a second piece of it behind.
    const group = Buffer.concat([resource(own, other, own), Buffer.from([18, 0]), resource(own)]);
    const bytes = Buffer.concat([Buffer.from([10, group.length]), group]);
    const blue = attributeField(1, KEY, 'blue');
    const want = Buffer.concat([resource(other, blue), Buffer.from([18, 0]), resource()]);
    // The oracle does not merge pieces, as protobuf demands, so the bytes are compared.
    expect(appender.append(bytes, undefined, 'blue')).toEqual(
      Buffer.concat([Buffer.from([10, want.length]), want]),
    );
  });

  it('writes lengths that came longer than needed anew', () => {
    // A group of five bytes whose length takes three.
    const bytes = Buffer.from([10, 0x84, 0x80, 0x00, 18, 2, 18, 0]);
    const additions = { ordinals: [0], ...{ ends: [2], bytes: Buffer.from([74, 0]) } };
    expect([...appender.append(bytes, additions, undefined)]).toEqual([10, 6, 18, 4, 18, 2, 74, 0]);
  });
});

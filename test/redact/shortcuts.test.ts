import fc from 'fast-check';
import { REDACT_KINDS } from '../../collector-processor/src/core/redaction';
import type { OtlpRequest } from '../../collector-processor/src/core/consumer';
import { createReplacements } from '../../collector-processor/src/enrich/redact/actions';
import { detectorsOf } from '../../collector-processor/src/enrich/redact/detectors';
import { findValues } from '../../collector-processor/src/enrich/redact/findValues';
import { createPlans } from '../../collector-processor/src/enrich/redact/plans';
import { RedactCounts } from '../../collector-processor/src/enrich/redact/redactCounts';
import { RedactVisitor } from '../../collector-processor/src/enrich/redact/redactVisitor';
import type { RedactRule } from '../../collector-processor/src/enrich/redact/rule';
import { traitsOf } from '../../collector-processor/src/enrich/redact/traits';
import { RequestRewriter } from '../../collector-processor/src/otlp/rewrite/requestRewriter';
import type { RewriteVisitor } from '../../collector-processor/src/otlp/rewrite/rewriteVisitor';
import { traceRequests } from '../support/arbitraryTraceRequest';
import { makeCorpus } from '../support/redact/corpus';
import { encode } from '../support/redact/redactRequest';

const RULES: readonly RedactRule[] = [
  { name: 'names', attributes: ['*password*', 'k1', 'message'], action: 'hash', signals: ['logs'] },
  { name: 'spans', attributes: ['*secret*', 'k2'], action: 'mask', contexts: ['span'] },
  { name: 'mail', detect: ['email'], action: 'drop', contexts: ['event'] },
  { name: 'values', detect: REDACT_KINDS, action: 'mask' },
];
const MAX_NESTING = 3;
const SAMPLES = makeCorpus(11, 4);

type Wrap = (visitor: RedactVisitor) => RewriteVisitor;

/** Shows everything to the rules, nothing is passed over at first sight. */
const careful: Wrap = (visitor) => ({
  begin: (...args) => {
    visitor.begin(...args);
  },
  enter: (context) => {
    visitor.enter(context);
  },
  passes: () => false,
  key: (start, length) => visitor.key(start, length),
  changeByKey: (value) => visitor.changeByKey(value),
  isMark: () => visitor.isMark(),
  suspects: () => true,
  text: (start, end) => visitor.text(start, end),
  number: (digits) => visitor.number(digits),
});

/** A stage that stays, as in production, so that what it remembers of earlier requests takes part. */
function createStage(wrap: Wrap) {
  const counts = new RedactCounts();
  const visitor = new RedactVisitor(createPlans(RULES), createReplacements('a key'), counts);
  const rewriter = new RequestRewriter(wrap(visitor), MAX_NESTING);
  return (request: Pick<OtlpRequest, 'signal' | 'bytes'>): unknown => {
    counts.clear();
    const told: unknown[] = [];
    try {
      const bytes = Buffer.from(rewriter.rewrite(request)).toString('hex');
      counts.tell((redacted) => told.push(redacted));
      return { bytes, told };
    } catch (error) {
      return (error as Error).name;
    }
  };
}

const texts = fc.oneof(
  fc.constantFrom(...SAMPLES.map(({ text }) => text)),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom('GET', '/v1/orders/123456', 'x'.repeat(130), 'x'.repeat(20_000)),
);
const values = fc.letrec<{ value: object }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    { weight: 6, arbitrary: texts.map((stringValue) => ({ stringValue })) },
    { weight: 1, arbitrary: fc.constantFrom({ boolValue: true }, { intValue: -5 }, {}) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(200, 4_111_111_111_111_111, 4_242_424_242_424_242, 1_700_000_000)
        .chain((n) => fc.constantFrom<object>({ intValue: n }, { doubleValue: n })),
    },
    { weight: 1, arbitrary: fc.double().map((doubleValue) => ({ doubleValue })) },
    {
      weight: 2,
      arbitrary: fc
        .array(tie('value'), { maxLength: 3 })
        .map((items) => ({ arrayValue: { values: items } })),
    },
    {
      weight: 2,
      arbitrary: fc
        .array(fc.record({ key: fc.constantFrom('ssn', 'k2', 'phone'), value: tie('value') }), {
          maxLength: 3,
        })
        .map((entries) => ({ kvlistValue: { values: entries } })),
    },
  ),
})).value;
const attributes = fc.array(
  fc.record({
    key: fc.oneof(
      fc.constantFrom('', 'k1', 'k2', 'db.password', 'user.secret', 'plumbline.redacted', 'ssn'),
      fc.constantFrom(...SAMPLES.map(({ key }) => key), 'k'.repeat(140), 'k'.repeat(300)),
    ),
    value: values,
  }),
  { maxLength: 6 },
);
const requests = fc
  .array(
    fc.record({
      name: texts,
      attributes,
      events: fc.array(fc.record({ name: texts, attributes }), { maxLength: 2 }),
      status: fc.record({ message: texts }),
    }),
    { maxLength: 4 },
  )
  .chain((spans) =>
    attributes.map((ofResource) =>
      encode({
        resourceSpans: [{ resource: { attributes: ofResource }, scopeSpans: [{ spans }] }],
      }),
    ),
  );

test('what is passed over at first sight holds nothing: the same as when everything is looked at', () => {
  const quick = createStage((visitor) => visitor);
  const slow = createStage(careful);
  let changed = 0;
  fc.assert(
    fc.property(requests, (bytes) => {
      const result = quick({ signal: 'traces', bytes });
      expect(result).toEqual(slow({ signal: 'traces', bytes }));
      if ((result as { bytes?: string }).bytes !== Buffer.from(bytes).toString('hex')) changed++;
    }),
    { numRuns: 400 },
  );
  expect(changed).toBeGreaterThan(100);
}, 120_000);

test('so with bytes that were mutated', () => {
  const quick = createStage((visitor) => visitor);
  const slow = createStage(careful);
  const mutated = fc
    .tuple(fc.oneof(requests, traceRequests), fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 }))))
    .map(([bytes, changes]) => {
      const copy = Buffer.from(bytes);
      for (const [at, byte] of changes) if (copy.length > 0) copy[at % copy.length] = byte;
      return copy;
    });
  fc.assert(
    fc.property(mutated, fc.constantFrom('traces', 'logs', 'metrics'), (bytes, signal) => {
      expect(quick({ signal, bytes })).toEqual(slow({ signal, bytes }));
    }),
    { numRuns: 800 },
  );
}, 120_000);

test('a text without the trait of a detector has nothing for it', () => {
  const detectors = detectorsOf(new Set(REDACT_KINDS));
  const around = fc.string({ unit: 'binary', maxLength: 12 });
  const sample = fc.constantFrom(...makeCorpus(12, 8).filter(({ kind }) => kind !== undefined));
  fc.assert(
    fc.property(around, sample, around, fc.constantFrom(' ', '', '"', '-'), (a, one, b, by) => {
      const bytes = Buffer.from(`${a}${by}${one.text}${by}${b}`);
      const surroundings = { text: bytes.toString('latin1'), keyWords: one.key };
      const found = (traits: number) =>
        findValues(detectors, traits, surroundings).map(({ detector, start, end }) => [
          detector.kind,
          start,
          end,
        ]);
      expect(found(traitsOf(bytes))).toEqual(found(-1));
    }),
    { numRuns: 4000 },
  );
}, 120_000);

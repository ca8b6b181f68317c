import fc from 'fast-check';
import { traceRequests } from '../support/arbitraryTraceRequest';
import { traceRequestType } from '../support/otlpProto';
import { decode, encode, type Json, redact } from '../support/redact/redactRequest';
import { REDACT_KINDS } from '../../collector-processor/src/core/redaction';
import type { RedactRule } from '../../collector-processor/src/enrich/redact/rule';

const type = traceRequestType();
const SECRET = 'zz-secret@example.com';
const MASK = '[email]';

/** The plain request with the secret masked wherever it is a value, marks added as the stage is to add them. */
function expected(node: Json): Json {
  const masked = mask(node) as { resourceSpans?: Json[] };
  const sees = (value: Json): boolean => JSON.stringify(value ?? null).includes(MASK);
  const mark = (owner: Json | undefined, seen: boolean): void => {
    const holder = owner as { attributes?: Json[] } | undefined;
    if (holder === undefined || !seen) return;
    (holder.attributes ??= []).push({ key: 'plumbline.redacted', value: { stringValue: 'email' } });
  };
  interface Scope {
    scope?: Json;
    spans?: Json[];
  }
  for (const resource of (masked.resourceSpans ?? []) as {
    resource?: Json;
    scopeSpans?: Scope[];
  }[]) {
    mark(resource.resource, sees(resource.resource ?? null));
    for (const { scope, spans } of resource.scopeSpans ?? []) {
      mark(scope, sees(scope ?? null));
      for (const span of spans ?? []) mark(span, sees(span));
    }
  }
  return masked;
}

/** Values only: neither keys, names of scopes, versions, schema URLs nor trace states. */
function mask(node: Json, name = ''): Json {
  if (typeof node === 'string') {
    return /^(?:stringValue|name|message)$/.test(name) ? node.replaceAll(SECRET, MASK) : node;
  }
  if (Array.isArray(node)) return node.map((item) => mask(item, name));
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, mask(value, key)]));
}

/** Puts the secret into some texts of a request, at places that `pick` chooses. */
function plant(node: Json, pick: () => boolean, name = '', path = ''): Json {
  if (typeof node === 'string') {
    const free =
      name === 'stringValue' || (/^(?:name|message)$/.test(name) && !path.endsWith('scope.name.'));
    return free && pick() ? `to ${SECRET}!` : node;
  }
  if (Array.isArray(node)) return node.map((item) => plant(item, pick, name, path));
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, plant(value, pick, key, `${path}${key}.`)]),
  );
}

function isWhole(bytes: Buffer): boolean {
  try {
    type.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

test('changes exactly the values that are hit, and marks what holds them', () => {
  let planted = 0;
  fc.assert(
    fc.property(traceRequests, fc.infiniteStream(fc.boolean()), (bytes, coins) => {
      if (!isWhole(bytes)) return;
      const toPlain = { longs: String, bytes: Array } as const;
      const plain = type.toObject(type.decode(bytes), toPlain) as Json;
      const hits = { any: false };
      const pick = (): boolean => {
        const { value } = coins.next() as { value: boolean };
        hits.any ||= value;
        return value;
      };
      const request = encode(plant(plain, pick) as object);
      const { sent, request: given } = redact(request, [
        { name: 'mail', detect: ['email'], action: 'mask' },
      ]);
      if (!hits.any) {
        expect(sent).toBe(given);
        return;
      }
      planted++;
      expect(decode(sent!.bytes)).toEqual(expected(decode(request)));
    }),
    { numRuns: 300 },
  );
  expect(planted).toBeGreaterThan(100);
}, 120_000);

const ALL_RULES: readonly RedactRule[] = [
  { name: 'names', attributes: ['*password*', 'a', 'k*'], action: 'hash' },
  { name: 'values', detect: REDACT_KINDS, action: 'drop' },
];

test.each(['traces', 'logs', 'metrics'] as const)(
  'random bytes as %s are refused or passed, never thrown at',
  async (signal) => {
    const messy = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc
        .tuple(traceRequests, fc.nat(), fc.integer({ min: 0, max: 255 }))
        .map(([bytes, at, byte]) => {
          const copy = Buffer.from(bytes);
          if (copy.length > 0) copy[at % copy.length] = byte;
          return copy;
        }),
    );
    await fc.assert(
      fc.asyncProperty(messy, async (bytes) => {
        const { outcome, sent } = redact(bytes, ALL_RULES, { signal });
        expect(['accepted', 'refused']).toContain((await outcome).status);
        // What was read once can be read again, with nothing left to change by value.
        if (sent !== undefined)
          expect(redact(sent.bytes, ALL_RULES.slice(1), { signal }).sent).toBeDefined();
      }),
      { numRuns: 500 },
    );
  },
  120_000,
);

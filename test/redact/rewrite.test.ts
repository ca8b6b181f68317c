import fc from 'fast-check';
import { createRecordingConsumer } from '../support/recordingConsumer';
import { traceRequests } from '../support/arbitraryTraceRequest';
import { traceRequestType } from '../support/otlpProto';
import { REDACT_KINDS } from '../../collector-processor/src/core/redaction';
import type { OtlpRequest, Signal } from '../../collector-processor/src/core/consumer';
import { createRedaction } from '../../collector-processor/src/enrich/redact/redaction';
import type { RedactRule } from '../../collector-processor/src/enrich/redact/rule';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
const HASH_KEY = 'a key of sixteen';

const type = traceRequestType();
const decode = (bytes: Uint8Array): Json =>
  type.toObject(type.decode(bytes), { longs: String, bytes: String, json: true }) as Json;
const encode = (plain: object): Uint8Array => type.encode(type.fromObject(plain)).finish();

/** What comes out behind the stage; undefined when it was refused. */
function redact(
  bytes: Uint8Array,
  rules: readonly RedactRule[],
  { signal = 'traces', maxNesting = 32 }: { signal?: Signal; maxNesting?: number } = {},
) {
  const told: Record<string, number> = {};
  const next = createRecordingConsumer();
  const events = {
    valuesRedacted: ({
      kind,
      rule,
      action,
      n,
    }: {
      kind: string;
      rule: string;
      action: string;
      n: number;
    }) => {
      told[`${kind} ${rule} ${action}`] = n;
    },
  };
  const stage = createRedaction({ next, events }, { rules, hashKey: HASH_KEY, maxNesting });
  const request: OtlpRequest = { signal, bytes, tenant: 'default', receivedAtMs: 0 };
  const outcome = stage.consume(request, AbortSignal.timeout(1000));
  return { outcome, request, sent: next.requests[0], told };
}

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
  type Scope = { scope?: Json; spans?: Json[] };
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

test('changes exactly the values that are hit, and marks what holds them', () => {
  let planted = 0;
  fc.assert(
    fc.property(traceRequests, fc.infiniteStream(fc.boolean()), (bytes, coins) => {
      let whole: Json;
      try {
        whole = decode(bytes);
      } catch {
        return;
      }
      const toPlain = { longs: String, bytes: Array } as const;
      const plain = type.toObject(type.decode(bytes), toPlain) as Json;
      let some = false;
      const pick = (): boolean => {
        const { value } = coins.next() as { value: boolean };
        some ||= value;
        return value;
      };
      const request = encode(plant(plain, pick) as object);
      const { sent, request: given } = redact(request, [
        { name: 'mail', detect: ['email'], action: 'mask' },
      ]);
      if (!some) {
        expect(sent).toBe(given);
        return;
      }
      planted++;
      expect(decode(sent!.bytes)).toEqual(expected(decode(request)));
      expect(whole).toBeDefined();
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

describe('a rewritten request', () => {
  const card = '4111 1111 1111 1111';
  const request = (span: object, resource: object[] = []) =>
    encode({
      resourceSpans: [{ resource: { attributes: resource }, scopeSpans: [{ spans: [span] }] }],
    });
  const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  type Span = { name?: string; attributes?: { key: string; value: Json }[]; events?: Json[] };
  const spanOf = (bytes: Uint8Array): Span =>
    (decode(bytes) as unknown as { resourceSpans: [{ scopeSpans: [{ spans: [Span] }] }] })
      .resourceSpans[0].scopeSpans[0].spans[0];
  const attributesOf = (bytes: Uint8Array): Record<string, Json> =>
    Object.fromEntries((spanOf(bytes).attributes ?? []).map(({ key, value }) => [key, value]));
  const cards = (action: RedactRule['action']): RedactRule[] => [
    { name: 'cards', detect: ['payment_card'], action },
  ];

  test.each([
    ['mask', { stringValue: 'paid with ****1111 today' }, { stringValue: '****1111' }],
    [
      'hash',
      {
        stringValue: expect.stringMatching(
          /^paid with \[payment_card:[0-9a-f]{16}\] today$/,
        ) as string,
      },
      { stringValue: expect.stringMatching(/^\[payment_card:[0-9a-f]{16}\]$/) as string },
    ],
    ['drop', undefined, undefined],
  ] as const)('%s', (action, inText, asNumber) => {
    const bytes = request({
      name: 'pay',
      attributes: [
        text('note', `paid with ${card} today`),
        { key: 'number', value: { intValue: '4111111111111111' } },
        { key: 'double', value: { doubleValue: 4111111111111111 } },
        text('other', 'kept'),
      ],
    });
    const { sent, told } = redact(bytes, cards(action));
    const attributes = attributesOf(sent!.bytes);
    expect(attributes.note).toEqual(inText);
    expect(attributes.number).toEqual(asNumber);
    expect(attributes.double).toEqual(asNumber);
    expect(attributes.other).toEqual({ stringValue: 'kept' });
    expect(attributes['plumbline.redacted']).toEqual({ stringValue: 'payment_card' });
    expect(told).toEqual({ [`payment_card cards ${action}`]: 3 });
  });

  test('hashes all spellings of a value alike', () => {
    const spelled = [card, '4111-1111-1111-1111', '4111111111111111'].map((value, index) =>
      text(`k${index}`, value),
    );
    const { sent } = redact(request({ attributes: spelled }), cards('hash'));
    const { k0, k1, k2 } = attributesOf(sent!.bytes);
    expect([k1, k2]).toEqual([k0, k0]);
  });

  test('only counts when told so, and gives the very same request on', () => {
    const { sent, request: given, told } = redact(request({ name: card }), cards('count'));
    expect(sent).toBe(given);
    expect(told).toEqual({ 'payment_card cards count': 1 });
  });

  test('looks into maps and lists, names and messages, and by name at every depth', () => {
    const nested = {
      key: 'body',
      value: {
        kvlistValue: {
          values: [
            text('Password', 'hunter2'),
            {
              key: 'list',
              value: { arrayValue: { values: [{ stringValue: card }, { stringValue: 'x' }] } },
            },
          ],
        },
      },
    };
    const bytes = request({
      name: `charge ${card}`,
      attributes: [nested, text('long', `${'x'.repeat(300)} ${card}`)],
      status: { message: card },
      events: [{ name: 'e', attributes: [text('card', card)] }],
      links: [{ attributes: [text('card', card)] }],
    });
    const rules: RedactRule[] = [
      { name: 'pw', attributes: ['pass*'], action: 'drop' },
      ...cards('drop'),
    ];
    const { sent } = redact(bytes, rules);
    const { name, ...span } = spanOf(sent!.bytes);
    expect(JSON.stringify(span)).not.toMatch(/4111|hunter2/);
    expect(name ?? '').toBe('');
    expect(attributesOf(sent!.bytes).body).toEqual({
      kvlistValue: {
        values: [{ key: 'list', value: { arrayValue: { values: [{ stringValue: 'x' }] } } }],
      },
    });
    expect(attributesOf(sent!.bytes)['plumbline.redacted']).toEqual({
      stringValue: 'attribute,payment_card',
    });
  });

  test('tells on what an earlier rewriting told, once', () => {
    const bytes = request({ attributes: [text('plumbline.redacted', 'email'), text('a', card)] });
    const marks = spanOf(redact(bytes, cards('mask')).sent!.bytes).attributes!.filter(
      ({ key }) => key === 'plumbline.redacted',
    );
    expect(marks).toEqual([text('plumbline.redacted', 'email,payment_card')]);
    const hidden = request({ attributes: [text('plumbline.redacted', card)] });
    expect(JSON.stringify(spanOf(redact(hidden, cards('mask')).sent!.bytes))).not.toContain('4111');
  });

  test('holds in the contexts and signals of the rule, and the first rule decides', () => {
    const bytes = request({ attributes: [text('a', card)] }, [text('a', card)]);
    const rules: RedactRule[] = [
      { name: 'resources', detect: ['payment_card'], contexts: ['resource'], action: 'drop' },
      { name: 'logs', detect: ['payment_card'], signals: ['logs'], action: 'drop' },
      ...cards('mask'),
    ];
    const { sent, told } = redact(bytes, rules);
    expect(told).toEqual({ 'payment_card resources drop': 1, 'payment_card cards mask': 1 });
    expect(attributesOf(sent!.bytes).a).toEqual({ stringValue: '****1111' });
  });

  test('finds what hides behind the value that counts, and in values of odd forms', () => {
    // A KeyValue with two values, the first of them text, then bool: the last one wins, the first is there all the same.
    const hit = Buffer.from(card);
    const first = Buffer.concat([Buffer.of(18, hit.length + 2, 10, hit.length), hit]);
    const pair = Buffer.concat([first, Buffer.of(10, 1, 97, 18, 2, 16, 1)]);
    const span = Buffer.concat([Buffer.of(74, pair.length), pair]);
    const wrap = (field: number, bytes: Buffer): Buffer =>
      Buffer.concat([Buffer.of((field << 3) | 2, bytes.length), bytes]);
    const { sent } = redact(wrap(1, wrap(2, wrap(2, span))), cards('mask'));
    expect(Buffer.from(sent!.bytes).toString('latin1')).not.toContain('4111 1111');
    expect(decode(sent!.bytes)).toBeDefined();
  });

  test('empties what is nested deeper than the decoder allows, so that it goes nowhere unseen', () => {
    let value: object = { stringValue: card };
    for (let depth = 0; depth < 4; depth++) value = { arrayValue: { values: [value] } };
    const bytes = request({ attributes: [{ key: 'deep', value }] });
    const { sent } = redact(bytes, cards('mask'), { maxNesting: 3 });
    expect(JSON.stringify(decode(sent!.bytes))).not.toContain('4111');
    expect(
      JSON.stringify(decode(redact(bytes, cards('mask'), { maxNesting: 4 }).sent!.bytes)),
    ).toContain('****1111');
  });

  test('refuses what it cannot read', async () => {
    const bytes = request({ attributes: [text('a', card)] });
    const { outcome, sent } = redact(bytes.subarray(0, bytes.length - 3), cards('mask'));
    expect(await outcome).toMatchObject({ status: 'refused' });
    expect(sent).toBeUndefined();
  });
});

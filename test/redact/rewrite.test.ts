import { decode, encode, type Json, redact } from '../support/redact/redactRequest';
import type { RedactRule } from '../../collector-processor/src/enrich/redact/rule';

describe('a rewritten request', () => {
  const card = '4111 1111 1111 1111';
  const request = (span: object, resource: object[] = []) =>
    encode({
      resourceSpans: [{ resource: { attributes: resource }, scopeSpans: [{ spans: [span] }] }],
    });
  const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  interface Span {
    name?: string;
    attributes?: { key: string; value: Json }[];
    events?: Json[];
  }
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

import { redact } from '../support/redact/redactRequest';
import { logRequestType } from '../support/otlpProto';
import { metricRequestType } from '../support/otlpMetricProto';
import type { RedactRule } from '../../collector-processor/src/enrich/redact/rule';

const CARD = '4111 1111 1111 1111';
const MAIL = 'ann.secret@example.com';
const PLAIN = { longs: String, bytes: String } as const;
const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const mark = (kinds: string) => text('plumbline.redacted', kinds);
const rules = (action: RedactRule['action']): RedactRule[] => [
  { name: 'named', attributes: ['*password*'], action: 'mask' },
  { name: 'found', detect: ['payment_card', 'email'], action },
];

describe('logs', () => {
  const type = logRequestType();
  const encode = (logRecords: object[]) =>
    type.encode(type.fromObject({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] })).finish();
  const after = (record: object, action: RedactRule['action'] = 'mask') => {
    const clean = { timeUnixNano: '7', body: { stringValue: 'clean' } };
    const { sent, told } = redact(encode([record, clean]), rules(action), { signal: 'logs' });
    const { resourceLogs } = type.toObject(type.decode(sent!.bytes), PLAIN) as {
      resourceLogs: [{ scopeLogs: [{ logRecords: [object, object] }] }];
    };
    const [first, second] = resourceLogs[0].scopeLogs[0].logRecords;
    expect(second).toEqual(clean);
    return { record: first, told };
  };

  test('a body that is a text', () => {
    const { record, told } = after({
      timeUnixNano: '5',
      severityText: 'INFO',
      body: { stringValue: `mail ${MAIL} now` },
      traceId: Buffer.alloc(16, 1),
    });
    expect(record).toEqual({
      timeUnixNano: '5',
      severityText: 'INFO',
      body: { stringValue: 'mail [email] now' },
      traceId: Buffer.alloc(16, 1).toString('base64'),
      attributes: [mark('email')],
    });
    expect(told).toEqual({ 'email found mask': 1 });
  });

  test('a body that is a text and to be dropped becomes none', () => {
    const { record } = after({ severityText: 'x', body: { stringValue: MAIL } }, 'drop');
    expect(record).toEqual({ severityText: 'x', attributes: [mark('email')] });
  });

  test('a body that is a map, with a list behind a map in it, and attributes', () => {
    const list = (...values: object[]) => ({ arrayValue: { values } });
    const map = (...values: object[]) => ({ kvlistValue: { values } });
    const body = (card: string, password: string, number: object) =>
      map(
        text('note', card),
        {
          key: 'rows',
          value: list(map(text('db.password', password)), number, { stringValue: 'a' }),
        },
        text('kept', 'yes'),
      );
    const { record, told } = after({
      body: body(`by ${CARD}`, 'hunter2', { intValue: '4111111111111111' }),
      attributes: [text('to', MAIL), text('other', 'kept')],
      eventName: 'e',
    });
    expect(record).toEqual({
      body: body('by ****1111', '[attribute]', { stringValue: '****1111' }),
      attributes: [
        text('to', '[email]'),
        text('other', 'kept'),
        mark('attribute,email,payment_card'),
      ],
      eventName: 'e',
    });
    expect(told).toEqual({
      'attribute named mask': 1,
      'email found mask': 1,
      'payment_card found mask': 2,
    });
  });
});

test('a list item behind a map stands under the key of the list, not under the last one of the map', () => {
  const type = logRequestType();
  const after = (mapKey: string, listKey: string) => {
    const item = {
      kvlistValue: { values: [text(mapKey, '123456789'), text('b', 'c')].toReversed() },
    };
    const values = [item, { stringValue: '123456782' }];
    const attributes = [{ key: listKey, value: { arrayValue: { values } } }];
    const bytes = type
      .encode(
        type.fromObject({ resourceLogs: [{ scopeLogs: [{ logRecords: [{ attributes }] }] }] }),
      )
      .finish();
    const found: RedactRule[] = [{ name: 'ids', detect: ['nl_bsn'], action: 'mask' }];
    return redact(bytes, found, { signal: 'logs' }).told;
  };
  // A Dutch number is one only under a word that says so; the one in the map has a wrong check digit.
  expect(after('x', 'bsn')).toEqual({ 'nl_bsn ids mask': 1 });
  expect(after('bsn', 'x')).toEqual({});
});

describe('metrics', () => {
  const type = metricRequestType();
  const name = 'requests';
  const exemplar = (attributes: object[]) => ({ asDouble: 1.5, filteredAttributes: attributes });
  const request = (metrics: object[]) =>
    type.encode(type.fromObject({ resourceMetrics: [{ scopeMetrics: [{ metrics }] }] })).finish();
  const before = [text('to', `to ${MAIL}`), text('kept', 'yes')];
  const masked = [text('to', 'to [email]'), text('kept', 'yes'), mark('email')];

  test.each([
    ['gauge', { asDouble: 2.5 }],
    ['sum', { asInt: '7' }],
    ['histogram', { count: '3', sum: 4.5, bucketCounts: ['1', '2'], explicitBounds: [0.5] }],
    ['exponentialHistogram', { count: '3', scale: 2 }],
    ['summary', { count: '3', sum: 4.5, quantileValues: [{ quantile: 0.5, value: 2 }] }],
  ])('points of a %s and their exemplars', (kind, values) => {
    const withExemplars = kind !== 'summary';
    const point = (attributes: object[], ofExemplar: object[]) => ({
      timeUnixNano: '9',
      ...values,
      attributes,
      ...(withExemplars && { exemplars: [exemplar(ofExemplar)] }),
    });
    const clean = point([text('kept', 'yes')], [text('kept', 'yes')]);
    const metric = (dataPoints: object[]) => ({ name, [kind]: { dataPoints } });
    const dirty = metric([clean, point(before, before), point([text('a', 'b')], before)]);
    const { sent, told } = redact(request([dirty]), rules('mask'), { signal: 'metrics' });
    const expected = metric([clean, point(masked, masked), point([text('a', 'b')], masked)]);
    const plain = (bytes: Uint8Array) => type.toObject(type.decode(bytes), PLAIN);
    expect(plain(sent!.bytes)).toEqual(plain(request([expected])));
    expect(told).toEqual({ 'email found mask': withExemplars ? 3 : 1 });
  });

  test('an attribute of a point that is to be dropped goes, and so does metadata', () => {
    const metric = {
      name,
      metadata: [text('owner', MAIL)],
      gauge: { dataPoints: [{ asDouble: 1, attributes: before }] },
    };
    const { sent } = redact(request([metric]), rules('drop'), { signal: 'metrics' });
    const plain = type.toObject(type.decode(sent!.bytes), PLAIN) as {
      resourceMetrics: [{ scopeMetrics: [{ metrics: [object] }] }];
    };
    expect(plain.resourceMetrics[0].scopeMetrics[0].metrics[0]).toEqual({
      name,
      metadata: [mark('email')],
      gauge: { dataPoints: [{ asDouble: 1, attributes: [text('kept', 'yes'), mark('email')] }] },
    });
  });
});

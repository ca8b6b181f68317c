import type { Message } from 'protobufjs';
import { traceRequestType } from '../../../../test/support/otlpProto';
import { DecodeError } from '../../core/errors';
import { jsonToProtobuf } from './jsonToProtobuf';
import { traceRequest } from './traceMessages';

const MAX_DEPTH = 100;
const oracle = traceRequestType();

const bytesOf = (json: string): Buffer =>
  jsonToProtobuf(traceRequest, Buffer.from(json), MAX_DEPTH);

const decoded = (json: string): Record<string, unknown> => {
  const message: Message = oracle.decode(bytesOf(json));
  return oracle.toObject(message, { longs: String, bytes: String, json: true });
};

/** The one attribute value of the one span of a request, as protobufjs reads it. */
function valueOf(value: string): unknown {
  const request = decoded(
    `{"resourceSpans":[{"scopeSpans":[{"spans":[{"attributes":[{"key":"k","value":${value}}]}]}]}]}`,
  ) as {
    resourceSpans: { scopeSpans: { spans: { attributes: { value: unknown }[] }[] }[] }[];
  };
  return request.resourceSpans[0]!.scopeSpans[0]!.spans[0]!.attributes[0]!.value;
}

const spanWith = (fields: string): string =>
  `{"resourceSpans":[{"scopeSpans":[{"spans":[{}]},{"spans":[{},{},{},{${fields}}]}]}]}`;

const errorOf = (json: string): string => {
  try {
    bytesOf(json);
  } catch (error) {
    if (error instanceof DecodeError) return error.message;
    throw error;
  }
  return 'accepted';
};

describe('values', () => {
  test.each([
    ['{"stringValue":"grüße \\u0000 \\ud83d\\ude00"}', { stringValue: 'grüße \u0000 😀' }],
    ['{"stringValue":""}', { stringValue: '' }],
    ['{"boolValue":false}', { boolValue: false }],
    ['{"intValue":"9223372036854775807"}', { intValue: '9223372036854775807' }],
    ['{"intValue":9223372036854775807}', { intValue: '9223372036854775807' }],
    ['{"intValue":-9223372036854775808}', { intValue: '-9223372036854775808' }],
    ['{"intValue":-1}', { intValue: '-1' }],
    ['{"intValue": 9007199254740993 }', { intValue: '9007199254740993' }],
    ['{"intValue":1e3}', { intValue: '1000' }],
    ['{"doubleValue":18446744073709551616}', { doubleValue: 2 ** 64 }],
    ['{"doubleValue":1234567890123456789.5e-3}', { doubleValue: 1234567890123456.8 }],
    ['{"doubleValue":"1.5"}', { doubleValue: 1.5 }],
    ['{"doubleValue":"NaN"}', { doubleValue: 'NaN' }],
    ['{"doubleValue":"-Infinity"}', { doubleValue: '-Infinity' }],
    ['{"bytesValue":"AP8B"}', { bytesValue: 'AP8B' }],
    ['{"bytesValue":"_-8"}', { bytesValue: '/+8=' }],
    [
      '{"arrayValue":{"values":[{"intValue":9007199254740993},{}]}}',
      { arrayValue: { values: [{ intValue: '9007199254740993' }, {}] } },
    ],
    [
      '{"kvlistValue":{"values":[{"key":"a","value":{"boolValue":true}}]}}',
      { kvlistValue: { values: [{ key: 'a', value: { boolValue: true } }] } },
    ],
    ['{"string_value":"snake"}', { stringValue: 'snake' }],
    ['{"stringValue":"x","intValue":null}', { stringValue: 'x' }],
    ['{"stringValue":"x","futureValue":{"deep":[1]}}', { stringValue: 'x' }],
    ['{}', {}],
  ])('%s', (json, expected) => {
    expect(valueOf(json)).toEqual(expected);
  });

  test('ids are hexadecimal in either case, enums names or numbers, long times exact', () => {
    const span = spanWith(
      '"traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"eee19b7ec3c1b174","parentSpanId":"",' +
        '"kind":"SPAN_KIND_CLIENT","startTimeUnixNano":1700000000000000001,' +
        '"endTimeUnixNano":"18446744073709551615","status":{"code":2},"flags":257',
    );
    const request = decoded(span) as {
      resourceSpans: { scopeSpans: { spans: Record<string, unknown>[] }[] }[];
    };
    expect(request.resourceSpans[0]!.scopeSpans[1]!.spans[3]).toEqual({
      traceId: Buffer.from('5b8efff798038103d269b633813fc60c', 'hex').toString('base64'),
      spanId: Buffer.from('eee19b7ec3c1b174', 'hex').toString('base64'),
      parentSpanId: '',
      kind: 3,
      startTimeUnixNano: '1700000000000000001',
      endTimeUnixNano: '18446744073709551615',
      status: { code: 2 },
      flags: 257,
    });
  });

  test('a negative enum number is kept in ten bytes', () => {
    const request = decoded(spanWith('"kind":-1'));
    expect(JSON.stringify(request)).toContain('"kind":-1');
  });

  test('fields come out in the order of their numbers', () => {
    const inOrder = bytesOf('{"resourceSpans":[{"resource":{},"scopeSpans":[],"schemaUrl":"u"}]}');
    const reversed = bytesOf('{"resourceSpans":[{"schemaUrl":"u","scopeSpans":[],"resource":{}}]}');
    expect(reversed).toEqual(inOrder);
  });

  test('a byte order mark is skipped', () => {
    expect(bytesOf('\ufeff{"resourceSpans":[]}')).toHaveLength(0);
  });
});

describe('refused, with the place', () => {
  test.each([
    ['"traceId":"xyz"', 'traceId: "xyz" is not 32 hexadecimal digits'],
    ['"traceId":"W47/95gDgQPSabYzgT/GDA=="', 'traceId: "W47/95gDgQPSabYzgT/GDA==" is not 32'],
    ['"spanId":"00000000000000000"', 'spanId: "00000000000000000" is not 16 hexadecimal digits'],
    ['"name":5', 'name: 5 is not a string'],
    ['"name":["a"]', 'name: […] is not a string'],
    ['"kind":"SERVER"', 'kind: "SERVER" is not an integer or one of SPAN_KIND_UNSPECIFIED'],
    ['"kind":2147483648', 'kind: 2147483648 is not an integer'],
    ['"startTimeUnixNano":-1', 'startTimeUnixNano: -1 is not an unsigned 64-bit integer'],
    ['"startTimeUnixNano":1.5', 'startTimeUnixNano: 1.5 is not an unsigned 64-bit integer'],
    ['"startTimeUnixNano":18446744073709551616', 'is not an unsigned 64-bit integer'],
    ['"startTimeUnixNano":""', 'startTimeUnixNano: "" is not an unsigned 64-bit integer'],
    ['"flags":4294967296', 'flags: 4294967296 is not an unsigned 32-bit integer'],
    ['"attributes":{}', 'attributes: {…} is not an array'],
    ['"attributes":[null]', 'attributes[0]: null is not an object'],
    ['"attributes":[{"value":7}]', 'attributes[0].value: 7 is not an object'],
    [
      '"attributes":[{"value":{"boolValue":"true"}}]',
      'value.boolValue: "true" is not true or false',
    ],
    ['"attributes":[{"value":{"intValue":9223372036854775808}}]', 'is not a signed 64-bit integer'],
    ['"attributes":[{"value":{"doubleValue":"one"}}]', 'doubleValue: "one" is not a number'],
    ['"attributes":[{"value":{"doubleValue":1e400}}]', 'doubleValue: Infinity is not a number'],
    ['"attributes":[{"value":{"bytesValue":"%"}}]', 'bytesValue: "%" is not base64'],
    ['"attributes":[{"value":{"intValue":1,"boolValue":true}}]', 'it has boolValue and intValue'],
    ['"traceState":"a","trace_state":"b"', 'traceState: "a" is not the only spelling of it'],
  ])('%s', (fields, message) => {
    const error = errorOf(spanWith(fields));
    expect(error).toContain('resourceSpans[0].scopeSpans[1].spans[3].');
    expect(error).toContain(message);
  });

  test.each([
    ['[]', 'request: […] is not an object'],
    ['null', 'request: null is not an object'],
    ['{"resourceSpans":', 'not JSON: '],
    ['{"resourceSpans":"', 'not JSON: '],
    ['{"resourceSpans":[]} trailing', 'not JSON: '],
    ['{"a":00000000000000000000}', 'not JSON: '],
    ['', 'not JSON: '],
  ])('%s', (json, message) => {
    expect(errorOf(json)).toContain(message);
  });

  test('bytes that are not UTF-8', () => {
    const json = Buffer.from([0x22, 0xff, 0x22]);
    expect(() => jsonToProtobuf(traceRequest, json, MAX_DEPTH)).toThrow('JSON is not valid UTF-8');
  });

  test('an error is never longer than a line', () => {
    expect(errorOf(spanWith(`"traceId":"${'z'.repeat(100_000)}"`)).length).toBeLessThan(200);
  });

  test('nesting beyond the limit, before it costs memory', () => {
    const deep = '['.repeat(5_000_000);
    const before = process.memoryUsage().heapUsed;
    expect(errorOf(deep)).toContain('JSON is nested deeper than 100');
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(50e6);
  });

  test('nesting up to the limit is taken', () => {
    const array = (depth: number): string =>
      depth === 0 ? '{"intValue":1}' : `{"arrayValue":{"values":[${array(depth - 1)}]}}`;
    // Eleven levels down to the value of an attribute, three for each array.
    expect(errorOf(spanWith(`"attributes":[{"value":${array(29)}}]`))).toBe('accepted');
    expect(errorOf(spanWith(`"attributes":[{"value":${array(31)}}]`))).toContain('nested deeper');
  });

  test('brackets and digits inside strings do not count', () => {
    const text = `\\"[${'['.repeat(300)}12345678901234567890\\\\`;
    expect(valueOf(`{"stringValue":"${text}"}`)).toEqual({
      stringValue: `"[${'['.repeat(300)}12345678901234567890\\`,
    });
  });
});
